# METADATA
# title: "Encrypt API caches"
# description: >-
#   Caches hold full responses, tokens included. AWS default: false.
# custom:
#   id: apigateway-cache-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.apigateway.stage
#   remediation:
#     terraform: Set `cache_data_encrypted = true` in the `settings` of `aws_api_gateway_method_settings`.
#     cloudformation: "Set `CacheDataEncrypted: true` in `MethodSettings`."
#   frameworks: {"fsbp": ["APIGateway.5"], "config": ["api-gw-cache-enabled-and-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_308"], "trivy": ["AWS-0002", "AWS-0110"], "cfn_nag": ["W87"], "cfn_guard": ["API_GW_CACHE_ENABLED_AND_ENCRYPTED"]}
package sealint.aws.apigateway.cache_encrypted

deny contains {
	"path": ["methods", i, "value", j, "encrypted"],
	"message": "the cache keeps responses unencrypted",
} if {
	some i, methods in input.methods
	some j, method in methods.value
	method.caching
	not method.encrypted
}
