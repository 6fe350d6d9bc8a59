# METADATA
# title: "Let readers in other accounts use the key of the bucket too"
# description: >-
#   A bucket policy that lets another account read needs a customer managed key whose policy names that
#   account as well. AWS managed keys never work across accounts: the read fails. AWS default: no other
#   account.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
# custom:
#   id: cross-account-key-access
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket
#   remediation: >-
#     Encrypt the bucket with a customer managed key, and allow the other account kms:Decrypt in its policy.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.s3.cross_account_key_access

# The accounts outside this one that the bucket policy lets in.
guests contains account if {
	some principal in input.policy.reach.foreign
	some account in regex.find_n(`[0-9]{12}`, principal, 1)
}

deny contains {
	"path": "encryption.key",
	"message": sprintf("the bucket policy lets account %s in, but the AWS managed key cannot be used from there", [account]),
} if {
	some account in guests
	startswith(input.encryption.algorithm, "aws:kms")
	is_aws_managed
}

is_aws_managed if input.encryption.key.managed_by == "aws"

# SSE-KMS without a key takes the AWS managed one.
is_aws_managed if not input.encryption.key

deny contains {
	"path": "encryption.key",
	"message": sprintf("the bucket policy lets account %s in, but the policy of the key does not", [account]),
} if {
	some account in guests
	startswith(input.encryption.algorithm, "aws:kms")
	policy := input.encryption.key.policy
	not lets_in(policy, account)
}

lets_in(policy, account) if {
	some row in policy.reach.decrypt
	contains(row.principal, account)
}

lets_in(policy, _) if {
	some row in policy.reach.decrypt
	row.kind == "everyone"
}
