# METADATA
# title: "Use a TLS 1.2 policy on IoT domains"
# description: >-
#   Domain configurations default to an old policy. AWS default: IotSecurityPolicy_TLS13_1_2_2022_10 for
#   new, TLS12_1_0 for old.
# custom:
#   id: iot-tls-policy
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.iot.domain_configuration
#   remediation:
#     terraform: Set `security_policy = "IotSecurityPolicy_TLS13_1_2_2022_10"` in `tls_config`.
#     cloudformation: "Set `SecurityPolicy: IotSecurityPolicy_TLS13_1_2_2022_10` in `TlsConfig`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The security policies that endpoints may use.
#       default:
#         - IotSecurityPolicy_TLS13_1_2_2022_10
#         - IotSecurityPolicy_TLS13_1_3_2022_10
#         - IotSecurityPolicy_TLS12_1_2_2022_10
package sealint.aws.iot.tls_policy

deny contains {"path": ["security_policy", i, "value"], "message": message} if {
	some i, item in input.security_policy
	value := item.value
	value != ""
	not value in input.parameters.accepted_policies
	message := sprintf("devices may connect with a TLS below 1.2 under the policy %v", [value])
}
