# METADATA
# title: "Use TLS 1.2 on API Gateway domains"
# description: >-
#   Under the policy TLS_1_0 clients may agree on a version of TLS that has been broken. New domain names get TLS_1_2 where
#   none is named. Older ones keep the TLS_1_0 that they were made with until somebody names a policy, so one that is not
#   named is a finding of severity low. Domain names of HTTP, WebSocket and private APIs take TLS 1.2 and newer only: there
#   a policy that is not named is only a gap in what the code says.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html#apigateway-security-policies-default
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
# custom:
#   id: apigateway-domain-tls12
#   severity: high
#   precision: high
#   profile: default
#   view: aws.apigateway.domain_name
#   remediation:
#     terraform: Set `security_policy = "TLS_1_2"`.
#     cloudformation: "Set `SecurityPolicy: TLS_1_2`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_206"], "trivy": ["AWS-0005", "AWS-0112"], "cfn_nag": ["W62"], "regula": ["FG_R00375", "FG_R00376"], "cfn_guard": ["API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The security policies that endpoints may use.
#       default:
#         - TLS_1_2
#         - SecurityPolicy_TLS12_2018_EDGE
#         - SecurityPolicy_TLS12_PFS_2025_EDGE
#         - SecurityPolicy_TLS13_2025_EDGE
#         - SecurityPolicy_TLS13_1_2_2021_06
#         - SecurityPolicy_TLS13_1_3_2025_09
#         - SecurityPolicy_TLS13_1_3_FIPS_2025_09
#         - SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09
#         - SecurityPolicy_TLS13_1_2_PQ_2025_09
#         - SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09
#         - SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09
package sealint.aws.apigateway.domain_tls12

deny contains {"path": ["security_policy", i, "value"], "message": message} if {
	some i, item in input.security_policy
	value := item.value
	not value in input.parameters.accepted_policies
	message := sprintf("clients may connect with a TLS below 1.2 under the policy %v", [value])
}

deny contains {
	"path": ["security_policy", i, "value"],
	"message": "no policy is named: a domain name from the time when TLS 1.0 was the default keeps it",
	"severity": "low",
} if {
	some i, item in input.security_policy
	not item.value
	not needs_tls12
}

deny contains {
	"path": ["security_policy", i, "value"],
	"message": "no policy is named: clients need TLS 1.2 or newer all the same, but nothing says so",
	"severity": "info",
} if {
	some i, item in input.security_policy
	not item.value
	needs_tls12
}

needs_tls12 if input.always_tls12

needs_tls12 if "PRIVATE" in input.endpoint_types
