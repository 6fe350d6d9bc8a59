# METADATA
# title: "Switch ACLs off"
# description: >-
#   BucketOwnerEnforced makes ACLs void and the owner own all objects, so that key and policy alone
#   decide. AWS default: BucketOwnerEnforced for new buckets since April 2023.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
# custom:
#   id: s3-bucket-owner-enforced
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.s3.bucket
#   remediation: >-
#     Switch ACLs off (`BucketOwnerEnforced`), and give access by a bucket policy.
#   frameworks: {"fsbp": ["S3.12"], "config": ["s3-bucket-acl-prohibited"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_65", "CKV2_AWS_43", "CKV_AWS_375"]}
package sealint.aws.s3.bucket_owner_enforced

deny contains {"path": ["acls", i, "value"], "message": message} if {
	not off
	not input.receives_cloudfront_logs
	some i, item in input.acls
	message := reason(item.value)
}

off if input.acls[_].value == "BucketOwnerEnforced"

reason(value) := sprintf("ACLs are in force: object ownership is %v", [value]) if value in {"BucketOwnerPreferred", "ObjectWriter"}

# S3 refuses these while ACLs are off, and ignores the other canned ACLs on buckets.
giving := {
	"public-read", "public-read-write", "authenticated-read", "aws-exec-read", "log-delivery-write",
	"PublicRead", "PublicReadWrite", "AuthenticatedRead", "AwsExecRead", "LogDeliveryWrite",
}

reason(value) := sprintf("the ACL %v gives access, which it does only while ACLs are in force", [value]) if value in giving

reason(value) := sprintf("a grant gives access to %v, which it does only while ACLs are in force", [value]) if startswith(value, "http")
