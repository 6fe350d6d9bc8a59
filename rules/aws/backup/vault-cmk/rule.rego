# METADATA
# title: "Encrypt backup vaults with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt backup vaults, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: alias/aws/backup; air-gapped vaults an AWS owned key.
# custom:
#   id: backup-vault-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.backup.backup_vault
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn`; of an air-gapped vault `encryption_key_arn`."
#     cloudformation: "Name a customer managed key: `EncryptionKeyArn`."
#   frameworks: {"fsbp": ["Backup.1(related)"], "config": ["backup-recovery-point-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_166"]}
package sealint.aws.backup.vault_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
