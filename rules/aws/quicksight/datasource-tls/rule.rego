# METADATA
# title: "Keep TLS on for QuickSight data sources"
# description: >-
#   disable_ssl true turns it off. AWS default: TLS on.
# custom:
#   id: quicksight-datasource-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.quicksight.data_source
#   remediation:
#     terraform: Set `disable_ssl = false` in `ssl_properties`.
#     cloudformation: "Set `DisableSsl: false` in `SslProperties`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.quicksight.datasource_tls

deny contains {"path": ["disable_ssl", i, "value"], "message": "QuickSight reaches the data source in plain text"} if {
	some i, item in input.disable_ssl
	item.value == true
}
