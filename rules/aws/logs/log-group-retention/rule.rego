# METADATA
# title: "Set a retention of at least one year for log groups"
# description: >-
#   An explicit retention; audit groups 365 days or more. AWS default: Never expires (0).
# custom:
#   id: log-group-retention
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.logs.log_group
#   remediation:
#     terraform: Set `retention_in_days = 365`.
#     cloudformation: "Set `RetentionInDays: 365`."
#   frameworks: {"fsbp": ["CloudWatch.16"], "config": ["cw-loggroup-retention-period-check"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.5.1"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV_AWS_66", "CKV_AWS_338"], "cfn_nag": ["W86"], "cfn_guard": ["CW_LOGGROUP_RETENTION_PERIOD_CHECK"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which logs must be kept.
#       default: 365
package sealint.aws.logs.log_group_retention

# Terraform says with 0 that logs are kept for ever.

deny contains {"path": "retention_in_days", "message": message} if {
	input.class != "DELIVERY"
	input.retention_in_days > 0
	input.retention_in_days < input.parameters.minimum_days
	message := sprintf("logs are kept for %v days: keep them for at least %v", [input.retention_in_days, input.parameters.minimum_days])
}

deny contains {"path": "retention_in_days", "message": "it is not said how long logs are kept"} if {
	input.class != "DELIVERY"
	not input.retention_in_days
}
