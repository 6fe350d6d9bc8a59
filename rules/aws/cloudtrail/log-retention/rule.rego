# METADATA
# title: "Keep audit logs for a year or longer"
# description: >-
#   Most intrusions are found months after they happened. What the trail recorded must still be there then; PCI DSS
#   asks for twelve months.
# custom:
#   id: cloudtrail-log-retention
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.retention
#   remediation:
#     terraform: >-
#       Set `days` in the `expiration` of the lifecycle rule or `retention_period` of the event data store to
#       365 or more.
#     cloudformation: Set `ExpirationInDays` or `RetentionPeriod` to 365 or more.
#   frameworks: {"config": ["cloudwatch-log-group-retention-period-check(related)"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.5.1"], "hipaa": ["164.312(b)"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which audit logs must be kept.
#       default: 365
package sealint.aws.cloudtrail.log_retention

deny contains {"path": "days", "message": message} if {
	input.days < input.parameters.minimum_days
	message := sprintf("audit events are kept for %v days: keep them for at least %v", [input.days, input.parameters.minimum_days])
}

deny contains {"path": ["rules", i, "value", j, "days"], "message": message} if {
	input.audited
	some i, found in input.rules
	some j, rule in found.value
	rule.status == "Enabled"
	not is_about_other_objects(rule)
	rule.days < input.parameters.minimum_days
	message := sprintf("the trail's log is deleted after %v days: keep it for at least %v", [rule.days, input.parameters.minimum_days])
}

is_about_other_objects(rule) if {
	rule.prefix
	not startswith(log, rule.prefix)
	not startswith(rule.prefix, log)
}

log := sprintf("%v/AWSLogs/", [trim(input.log_prefix, "/")]) if input.log_prefix

log := "AWSLogs/" if not input.log_prefix
