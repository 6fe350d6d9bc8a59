# METADATA
# title: "Use a TLS 1.2 policy on OpenSearch endpoints"
# description: >-
#   The default policy still allows TLS 1.0. AWS default: Policy-Min-TLS-1-0-2019-07 for old domains;
#   newer domains get a TLS 1.2 policy.
# custom:
#   id: opensearch-tls-policy
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.opensearch.domain
#   remediation:
#     terraform: Set `tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"` in `domain_endpoint_options`.
#     cloudformation: "Set `TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10` in `DomainEndpointOptions`."
#   frameworks: {"fsbp": ["Opensearch.8", "ES.8"], "config": ["opensearch-https-required"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_228"], "trivy": ["AWS-0126"], "cfn_guard": ["OPENSEARCH_HTTPS_REQUIRED", "ELASTICSEARCH_HTTPS_REQUIRED"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The security policies that endpoints may use.
#       default:
#         - Policy-Min-TLS-1-2-2019-07
#         - Policy-Min-TLS-1-2-PFS-2023-10
#         - Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08
package sealint.aws.opensearch.tls_policy

deny contains {"path": ["tls_security_policy", i, "value"], "message": message} if {
	some i, item in input.tls_security_policy
	value := item.value
	not value in input.parameters.accepted_policies
	message := sprintf("clients may connect with a TLS below 1.2 under the policy %v", [value])
}

deny contains {"path": ["tls_security_policy", i, "value"], "message": "clients may connect with TLS 1.0: no policy is named"} if {
	some i, item in input.tls_security_policy
	not item.value
}
