# METADATA
# title: "Log Client VPN and use certificates of ACM"
# description: >-
#   Endpoints need a server certificate; mutual authentication adds a second factor. AWS default: n/a.
# custom:
#   id: clientvpn-tls
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.client_vpn_endpoint
#   remediation: >-
#     Log Client VPN and use certificates of ACM.
#   frameworks: {"fsbp": ["EC2.51"], "config": ["ec2-client-vpn-connection-log-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ec2.clientvpn_tls

deny contains {"path": "server_certificate_arn", "message": "`server_certificate_arn` is not turned on"} if {
	not input.server_certificate_arn
}
