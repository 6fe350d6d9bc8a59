# METADATA
# title: "Keep the trail logging"
# description: >-
#   A trail can exist and be stopped. AWS default: Terraform: true; CloudFormation: must be given.
# custom:
#   id: cloudtrail-logging-on
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `enable_logging = true`.
#     cloudformation: "Set `IsLogging: true`."
#   fix: { set: { enable_logging: true }, safe: true }
#   frameworks: {"fsbp": ["CloudTrail.3"], "config": ["cloudtrail-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV_AWS_251"], "cfn_guard": ["CLOUD_TRAIL_ENABLED"]}
package sealint.aws.cloudtrail.logging_on

deny contains {"path": "enable_logging", "message": "the trail does not log"} if {
	not input.enable_logging
}
