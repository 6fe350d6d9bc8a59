# METADATA
# title: "Log the connections of Client VPN"
# description: >-
#   The connection log says who connected from where and when, and which attempts were refused.
# related_resources:
#   - https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-logging.html
# custom:
#   id: clientvpn-tls
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.client_vpn_endpoint
#   remediation:
#     terraform: Set `enabled = true` in `connection_log_options`.
#     cloudformation: "Set `Enabled: true` in `ConnectionLogOptions`."
#   frameworks: {"fsbp": ["EC2.51"], "config": ["ec2-client-vpn-connection-log-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.clientvpn_tls

deny contains {"path": "logging", "message": "nobody can see who connected to the VPN: connections are not logged"} if {
	not input.logging
}
