# METADATA
# title: "Keep object versions"
# description: >-
#   With versions an overwritten, deleted or maliciously re-encrypted object can be restored. AWS
#   default: Off.
# custom:
#   id: s3-bucket-versioning
#   severity: low
#   precision: very-high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: Set `status = "Enabled"` in `versioning_configuration`.
#     cloudformation: "Set `Status: Enabled` in `VersioningConfiguration`."
#   frameworks: {"fsbp": ["S3.14"], "config": ["s3-bucket-versioning-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_21"], "trivy": ["AWS-0090"], "regula": ["FG_R00101"], "cfn_guard": ["S3_BUCKET_VERSIONING_ENABLED"]}
package sealint.aws.s3.bucket_versioning

deny contains {
	"path": "versioning",
	"message": "versioning is off: an overwritten or deleted object is lost",
} if {
	input.versioning != "Enabled"
}
