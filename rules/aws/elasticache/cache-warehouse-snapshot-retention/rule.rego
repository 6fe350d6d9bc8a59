# METADATA
# title: "Keep snapshots of caches and warehouses"
# description: >-
#   With a retention of 0 there are no automatic snapshots, and what is lost or overwritten cannot be restored.
# custom:
#   id: cache-warehouse-snapshot-retention
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: Set `snapshot_retention_limit = 1`.
#     cloudformation: "Set `SnapshotRetentionLimit: 1`."
#   frameworks: {"fsbp": ["ElastiCache.1", "Redshift.3"], "config": ["elasticache-redis-cluster-automatic-backup-check"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_134", "CKV_AWS_343"], "trivy": ["AWS-0050"], "cfn_guard": ["REDSHIFT_BACKUP_ENABLED"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The fewest days for which snapshots must be kept.
#       default: 1
package sealint.aws.elasticache.cache_warehouse_snapshot_retention

deny contains {"path": "snapshot_days", "message": message} if {
	keeps_data
	input.snapshot_days > 0
	input.snapshot_days < input.parameters.minimum_days
	message := sprintf("snapshots are kept for fewer than %v days: %v", [input.parameters.minimum_days, input.snapshot_days])
}

deny contains {"path": "snapshot_days", "message": "no snapshots are kept: what is lost cannot be restored"} if {
	keeps_data
	input.snapshot_days == 0
}

# Memcached has no snapshots.
keeps_data if {
	not input.member
	input.engine != "memcached"
}
