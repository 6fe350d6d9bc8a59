# METADATA
# title: "Encrypt the managed master user secret with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the managed master user secret, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/secretsmanager.
# custom:
#   id: rds-master-secret-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.instance
#   remediation:
#     terraform: >-
#       Name a customer managed key: `master_user_secret_kms_key_id`, of Redshift `master_password_secret_kms_key_id`
#       or `admin_password_secret_kms_key_id`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId` in `MasterUserSecret`, of DocumentDB `MasterUserSecretKmsKeyId`, of
#       Redshift `MasterPasswordSecretKmsKeyId` or `AdminPasswordSecretKmsKeyId`.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
package sealint.aws.rds.master_secret_cmk

import data.sealint.lib.key

deny contains {"path": "master_secret_key", "message": "the secret with the master password is not encrypted with a customer managed key"} if {
	input.managed_password
	not key.is_customer(input.master_secret_key)
}
