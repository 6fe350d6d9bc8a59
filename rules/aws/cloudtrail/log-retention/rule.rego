# METADATA
# title: "Keep audit logs as long as the policy says"
# description: >-
#   PCI asks for twelve months; a lifecycle rule that expires the bucket after 90 days misses
#   it. AWS default: S3: for ever; event data store: 2555 (7 years) or 366.
# custom:
#   id: cloudtrail-log-retention
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.trail
#   remediation: >-
#     Keep audit logs as long as the policy says.
#   frameworks: {"config": ["cloudwatch-log-group-retention-period-check(related)"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.5.1"], "hipaa": ["164.312(b)"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which audit logs must be kept.
#       default: 365
package sealint.aws.cloudtrail.log_retention

deny contains {"path": ["days", i, "value"], "message": message} if {
	some i, item in input.days
	item.value < input.parameters.minimum_days
	message := sprintf("audit logs are kept for %v days: keep them for at least %v", [item.value, input.parameters.minimum_days])
}
