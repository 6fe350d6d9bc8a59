# METADATA
# title: "Keep SSE-C uploads to the bucket blocked"
# description: >-
#   Objects written with customer-provided keys cannot be read, audited or recovered by the owner.
#   Almost no workload needs SSE-C, so keep it blocked. AWS default: Since April 2026 SSE-C is blocked
#   on new general purpose buckets, and on existing buckets of accounts that hold no SSE-C objects;
#   older buckets of other accounts accept it until blocked. The attribute exists in newer Terraform
#   providers only (seen in 6.25.0, not in 5.100.0).
# custom:
#   id: s3-bucket-block-sse-c
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: Leave `blocked_encryption_types` out, or let it name `SSE-C`.
#     cloudformation: Leave `BlockedEncryptionTypes` out, or let it name `SSE-C`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.bucket_block_sse_c

deny contains {
	"path": "encryption.blocked_types",
	"message": "uploads under keys that the caller brings (SSE-C) are allowed",
} if {
	some blocked in input.encryption.blocked_types
	blocked == "NONE"
	some finding in input.policy.findings
	finding.id == "BP13"
}
