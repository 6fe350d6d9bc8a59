# METADATA
# title: "Turn on log file validation"
# description: >-
#   Signed digests prove that files are complete. AWS default: false.
# custom:
#   id: cloudtrail-log-validation
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `enable_log_file_validation = true`.
#     cloudformation: "Set `EnableLogFileValidation: true`."
#   fix: { set: { enable_log_file_validation: true }, safe: true }
#   frameworks: {"fsbp": ["CloudTrail.4"], "cis_aws": ["v3.0/3.2", "v5.0/3.2", "v6.0/4.2"], "config": ["cloud-trail-log-file-validation-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.3.2", "10.3.4"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV_AWS_36"], "trivy": ["AWS-0016"], "regula": ["FG_R00027"], "cfn_guard": ["CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"]}
package sealint.aws.cloudtrail.log_validation

deny contains {"path": "enable_log_file_validation", "message": "nobody can tell whether log files were changed or deleted"} if {
	not input.enable_log_file_validation
}
