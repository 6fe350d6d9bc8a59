# METADATA
# title: "Switch ACLs off"
# description: >-
#   BucketOwnerEnforced makes ACLs void and the owner own all objects, so that key and policy alone
#   decide. AWS default: BucketOwnerEnforced for new buckets since April 2023.
# custom:
#   id: s3-bucket-owner-enforced
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Switch ACLs off.
#   frameworks: {"fsbp": ["S3.12"], "config": ["s3-bucket-acl-prohibited"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_65", "CKV2_AWS_43", "CKV_AWS_375"]}
package sealint.aws.s3.bucket_owner_enforced

deny contains {
	"path": "ownership",
	"message": sprintf("ACLs are in force: object ownership is %v", [input.ownership]),
} if {
	input.ownership != "BucketOwnerEnforced"
}
