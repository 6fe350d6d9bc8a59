# METADATA
# title: "Give the bucket no public ACL"
# description: >-
#   public-read, public-read-write and authenticated-read hand the data to every AWS account or
#   everyone. AWS default: private; ACLs are off for new buckets since April 2023 (BucketOwnerEnforced).
# custom:
#   id: s3-bucket-acl-not-public
#   severity: high
#   precision: very-high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: Remove `acl`, `grant` or the `aws_s3_bucket_acl`, and give access by a bucket policy.
#     cloudformation: Remove `AccessControl`, and give access by a bucket policy.
#   frameworks: {"fsbp": ["S3.2", "S3.3", "S3.12"], "config": ["s3-bucket-acl-prohibited"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_20", "CKV_AWS_57"], "trivy": ["AWS-0092"], "cfn_nag": ["F14", "W31"], "cfn_guard": ["S3_BUCKET_NO_PUBLIC_RW_ACL", "S3_BUCKET_PUBLIC_READ_ACL"]}
package sealint.aws.s3.bucket_acl_not_public

public := {"public-read", "public-read-write", "authenticated-read"}

everyone := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}

deny contains {"path": "acl", "message": sprintf("the ACL `%v` opens the bucket to everyone", [input.acl])} if {
	input.acl in public
}

deny contains {"path": ["grantees", i, "value"], "message": "a grant opens the bucket to everyone"} if {
	some i, grantee in input.grantees
	grantee.value in everyone
}
