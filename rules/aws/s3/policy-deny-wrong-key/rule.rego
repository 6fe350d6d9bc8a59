# METADATA
# title: "Deny uploads that name another KMS key"
# description: >-
#   A caller can name any key it may use, also one of a foreign account, and so lock you out of your own
#   objects. A Deny on the key id header keeps one key per bucket. AWS default: any key that the caller may
#   use is accepted.
# custom:
#   id: s3-policy-deny-wrong-key
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Deny s3:PutObject with StringNotEquals s3:x-amz-server-side-encryption-aws-kms-key-id against the key of
#     the bucket, and Null false on the same header.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.policy_deny_wrong_key

ids := {"BP11"}

deny contains {
	"path": "policy",
	"message": finding.message,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
