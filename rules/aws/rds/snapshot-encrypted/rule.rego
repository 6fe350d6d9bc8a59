# METADATA
# title: "Encrypt database snapshots and their copies"
# description: >-
#   Snapshots inherit; a copy is the place to add a key. AWS default: Inherits from the source.
# custom:
#   id: rds-snapshot-encrypted
#   severity: high
#   precision: high
#   profile: strict
#   view: aws.rds.snapshot_copy
#   remediation: >-
#     Encrypt database snapshots and their copies: `kms_key_id = <kms key arn>` (Terraform).
#   frameworks: {"fsbp": ["RDS.4"], "config": ["rds-snapshot-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_146", "CKV_AWS_266"]}
package sealint.aws.rds.snapshot_encrypted

import data.sealint.lib.key

deny contains {"path": "kms_key_id", "message": "the snapshot copy is not encrypted with a customer managed key"} if {
	input.copy
	not key.is_customer(input.kms_key_id)
}

deny contains {"path": "encrypted", "message": "the snapshot is unencrypted, like the database that it is made of"} if {
	not input.copy
	input.source
	not input.inherits
	not input.encrypted
}
