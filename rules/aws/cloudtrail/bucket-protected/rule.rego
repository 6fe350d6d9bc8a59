# METADATA
# title: "Protect the bucket of the trail"
# description: >-
#   Who can read the trail's bucket sees every call in the account; who can change it covers his tracks.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
# custom:
#   id: cloudtrail-bucket-protected
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudtrail.bucket
#   remediation: >-
#     Give the bucket a private ACL, block public access, and log access to it in another bucket.
#   frameworks: {"fsbp": ["CloudTrail.6", "CloudTrail.7"], "cis": ["3.4"], "config": ["s3-bucket-logging-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"trivy": ["AWS-0161", "AWS-0163"], "regula": ["FG_R00028", "FG_R00031", "FG_R00274"]}
#   related: {"checkov": ["CKV_AWS_18"], "trivy": ["AWS-0089"], "cfn_nag": ["W35"], "cfn_guard": ["S3_BUCKET_LOGGING_ENABLED"]}
package sealint.aws.cloudtrail.bucket_protected

deny contains {"path": "acl", "message": sprintf("the ACL `%v` opens the trail's log to strangers", [input.acl])} if {
	input.trail
	input.acl in {"public-read", "public-read-write", "authenticated-read"}
}

deny contains {
	"path": ["public_access", name, i, "value"],
	"message": sprintf("public access to the trail's log is not blocked: `%v` is off", [name]),
} if {
	input.trail
	some name, values in {
		"block_public_acls": input.public_access.block_public_acls,
		"restrict_public_buckets": input.public_access.restrict_public_buckets,
	}
	some i, entry in values
	entry.value == false
}

deny contains {
	"path": "of_trail",
	"severity": "medium",
	"message": "nothing records who reads or changes the trail's log: its bucket has no access log",
} if {
	input.of_trail.here
	not input.of_trail.access_log
}
