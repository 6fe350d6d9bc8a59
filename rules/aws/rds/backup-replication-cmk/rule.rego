# METADATA
# title: "Encrypt replicated automated backups with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt replicated automated backups, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: Required for encrypted sources; alias/aws/rds of
#   the target region.
# custom:
#   id: rds-backup-replication-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.instance
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `AutomaticBackupReplicationKmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_245"]}
package sealint.aws.rds.backup_replication_cmk

import data.sealint.lib.key

deny contains {"path": "replicated_backup_key", "message": "the replicated backup is not encrypted with a customer managed key"} if {
	input.replicates_backups
	not key.is_customer(input.replicated_backup_key)
}
