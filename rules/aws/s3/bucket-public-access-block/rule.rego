# METADATA
# title: "Block public access at the bucket"
# description: >-
#   Four switches make public ACLs and public policies void; all four cost nothing for private buckets.
#   AWS default: New buckets get all four on since April 2023 when created by API without a setting; a
#   Terraform or CloudFormation resource that sets one of them leaves the absent ones false.
# custom:
#   id: s3-bucket-public-access-block
#   severity: high
#   precision: very-high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: >-
#       Set `block_public_acls`, `block_public_policy`, `ignore_public_acls` and `restrict_public_buckets` to
#       true in an `aws_s3_bucket_public_access_block` of the bucket.
#     cloudformation: >-
#       Set `BlockPublicAcls`, `BlockPublicPolicy`, `IgnorePublicAcls` and `RestrictPublicBuckets` to true in
#       `PublicAccessBlockConfiguration`.
#   frameworks: {"fsbp": ["S3.2", "S3.3", "S3.8"], "cis_aws": ["v3.0/2.1.4", "v5.0/2.1.4", "v6.0/3.1.4"], "config": ["s3-bucket-level-public-access-prohibited"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_6", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"], "trivy": ["AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093", "AWS-0094"], "regula": ["FG_R00229"], "cfn_guard": ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "S3_BUCKET_PUBLIC_READ_PROHIBITED", "S3_BUCKET_PUBLIC_WRITE_PROHIBITED"]}
package sealint.aws.s3.bucket_public_access_block

off contains name if {
	some name in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	not input.public_access[name]
}

deny contains {"path": ["public_access", first], "message": message} if {
	count(off) > 0
	first := sort(off)[0]
	message := said(count(off))
}

said(4) := "no setting blocks public access to the bucket"

said(n) := sprintf("public access is blocked in part only: %v off", [concat(", ", sort(off))]) if n < 4
