# METADATA
# title: "Require TLS at RDS Proxy"
# description: >-
#   The proxy accepts plain connections unless told otherwise. AWS default: false.
# custom:
#   id: rds-proxy-require-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.rds.proxy
#   remediation:
#     terraform: Set `require_tls = true`.
#     cloudformation: "Set `RequireTLS: true`."
#   fix: { set: { require_tls: true }, safe: false }
#   frameworks: {"fsbp": ["RDS.43"], "config": ["rds-proxy-tls-encryption"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.rds.proxy_require_tls

deny contains {"path": "require_tls", "message": "clients may reach the proxy in plain text"} if {
	not input.require_tls
}
