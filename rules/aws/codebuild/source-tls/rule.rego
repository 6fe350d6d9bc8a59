# METADATA
# title: "Verify TLS of build sources"
# description: >-
#   insecure_ssl skips certificate checks. AWS default: false.
# custom:
#   id: codebuild-source-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.codebuild.project
#   remediation:
#     terraform: Set `insecure_ssl = false` in `source`.
#     cloudformation: "Set `InsecureSsl: false` in `Source`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.codebuild.source_tls

deny contains {"path": ["source_unverified", i, "value"], "message": "the certificate of the source is not checked"} if {
	some i, item in input.source_unverified
	item.value == true
}

deny contains {"path": ["secondary_source_unverified", i, "value"], "message": "the certificate of a secondary source is not checked"} if {
	some i, item in input.secondary_source_unverified
	item.value == true
}
