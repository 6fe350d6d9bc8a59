# METADATA
# title: "Require TLS 1.2 or newer in the bucket policy"
# description: >-
#   A Deny with NumericLessThan s3:TlsVersion 1.2 makes the minimum explicit and can be raised to 1.3
#   later. AWS default: AWS API endpoints require TLS 1.2 since early 2024; no bucket-level minimum.
# custom:
#   id: s3-bucket-min-tls12
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Add a statement to the policy with the effect `Deny`, the principal `*`, the action `s3:*` and the condition
#     `NumericLessThan` `"s3:TlsVersion": "1.2"`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.s3.bucket_min_tls12

ids := {"BP08", "BP09"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
