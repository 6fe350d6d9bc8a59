# METADATA
# title: "Raise the TLS policy of the default endpoint"
# description: >-
#   The policy of a domain name does not hold for the default execute-api endpoint, which takes TLS 1.0 until the
#   API itself has a policy. AWS default: TLS_1_0 for edge-optimised and regional APIs, TLS_1_2 for private ones.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
# custom:
#   id: apigateway-restapi-tls-policy
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.apigateway.rest_api
#   remediation:
#     terraform: Set `security_policy = "TLS_1_2"`, or disable the endpoint.
#     cloudformation: "Set `SecurityPolicy: TLS_1_2`, or disable the endpoint."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
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
package sealint.aws.apigateway.restapi_tls_policy

deny contains {"path": "security_policy", "message": message} if {
	not input.disable_execute_api_endpoint
	value := input.security_policy
	not value in input.parameters.accepted_policies
	message := sprintf("clients may connect with a TLS below 1.2 under the policy %v", [value])
}

deny contains {"path": "security_policy", "message": "clients may connect with TLS 1.0: the default endpoint has no TLS policy"} if {
	not input.disable_execute_api_endpoint
	not input.security_policy
	not is_private
}

is_private if "PRIVATE" in input.endpoint_types
