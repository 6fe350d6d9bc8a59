# METADATA
# title: "Keep automated backups of databases"
# description: >-
#   Automated backups let you restore the database to any moment within the retention. With a retention of 0 there are
#   none.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
# custom:
#   id: rds-backup-retention
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation:
#     terraform: Set `backup_retention_period = 7`.
#     cloudformation: "Set `BackupRetentionPeriod: 7`."
#   frameworks: {"fsbp": ["RDS.11", "DocumentDB.2", "Neptune.5"], "config": ["db-instance-backup-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_133", "CKV_AWS_360", "CKV_AWS_361"], "trivy": ["AWS-0077"], "cfn_nag": ["W75"], "regula": ["FG_R00107"], "cfn_guard": ["DB_INSTANCE_BACKUP_ENABLED"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which backups must be kept.
#       default: 7
package sealint.aws.rds.backup_retention

deny contains {"path": "backup_days", "message": message} if {
	not input.backed_up_elsewhere
	input.backup_days < input.parameters.minimum_days
	input.backup_days > 0
	message := sprintf("backups are kept for fewer than %v days: %v", [input.parameters.minimum_days, input.backup_days])
}

deny contains {"path": "backup_days", "message": "the database has no automated backups"} if {
	not input.backed_up_elsewhere
	input.backup_days == 0
}
