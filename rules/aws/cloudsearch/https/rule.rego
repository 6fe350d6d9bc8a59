# METADATA
# title: "Enforce HTTPS on CloudSearch"
# description: >-
#   HTTP is accepted unless enforced. AWS default: false.
# custom:
#   id: cloudsearch-https
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudsearch.domain
#   remediation: Set `enforce_https = true` in `endpoint_options`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_220"]}
package sealint.aws.cloudsearch.https

deny contains {"path": ["enforce_https", i, "value"], "message": "the search endpoint answers plain HTTP"} if {
	some i, item in input.enforce_https
	not item.value
}
