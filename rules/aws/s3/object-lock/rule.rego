# METADATA
# title: "Lock objects for a time by default"
# description: >-
#   Object Lock keeps each version until its retention ends; in compliance mode even administrators cannot delete it.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
# custom:
#   id: s3-object-lock
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.s3.deletion
#   remediation:
#     terraform: >-
#       Give the bucket a default retention: `default_retention` in
#       `aws_s3_bucket_object_lock_configuration`. Object Lock is best turned on when the bucket is made.
#     cloudformation: >-
#       Give the bucket a default retention: `ObjectLockConfiguration.Rule.DefaultRetention`. Object Lock is
#       best turned on when the bucket is made.
#   frameworks: {"fsbp": ["S3.15"], "config": ["s3-bucket-default-lock-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_143"], "cfn_guard": ["S3_BUCKET_DEFAULT_LOCK_ENABLED"]}
package sealint.aws.s3.object_lock

deny contains {"path": "lock", "message": "objects can be deleted at any time: no default retention is set"} if {
	not input.lock
}
