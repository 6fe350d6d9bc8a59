# METADATA
# title: "Enforce HTTPS on OpenSearch endpoints"
# description: >-
#   The endpoint answers HTTP unless enforced. AWS default: false at the API; the Terraform block
#   defaults to true.
# custom:
#   id: opensearch-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.opensearch.domain
#   remediation:
#     terraform: Set `enforce_https = true` in `domain_endpoint_options`.
#     cloudformation: "Set `EnforceHTTPS: true` in `DomainEndpointOptions`."
#   frameworks: {"fsbp": ["Opensearch.8", "ES.8"], "config": ["opensearch-https-required", "elasticsearch-https-required"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_83"], "trivy": ["AWS-0046"], "cfn_guard": ["OPENSEARCH_HTTPS_REQUIRED", "ELASTICSEARCH_HTTPS_REQUIRED"]}
package sealint.aws.opensearch.https

deny contains {"path": ["enforce_https", i, "value"], "message": "the endpoint answers plain HTTP"} if {
	some i, item in input.enforce_https
	not item.value
	not asked_for
}

asked_for if {
	input.asks_unsaid
	not input.https_stated
}
