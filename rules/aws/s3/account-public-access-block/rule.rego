# METADATA
# title: "Block public access for the account"
# description: >-
#   The account setting holds for every bucket, also for those that nobody looks after.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: s3-account-public-access-block
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.account
#   remediation: >-
#     Set `block_public_acls`, `block_public_policy`, `ignore_public_acls` and `restrict_public_buckets` to
#     true.
#   frameworks: {"nist-800-53-r5": ["AC-3", "CP-9"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.312(c)(1)"]}
package sealint.aws.s3.account_public_access_block

deny contains {"path": ["public_access", name], "message": sprintf("public access is not blocked: `%v` is off", [name])} if {
	some name, on in input.public_access
	on == false
}
