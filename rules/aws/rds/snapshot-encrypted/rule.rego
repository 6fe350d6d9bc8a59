# METADATA
# title: "Encrypt database snapshots and their copies"
# description: >-
#   A snapshot is encrypted as its database is, so one of an unencrypted database is the whole database in plain form.
#   A copy is the place to name a key, and must have one of your own if it is to be used elsewhere.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
# custom:
#   id: rds-snapshot-encrypted
#   severity: high
#   precision: high
#   profile: strict
#   view: aws.rds.snapshot_copy
#   remediation: >-
#     Name a customer managed key as `kms_key_id` of the copy, or set `storage_encrypted = true` on the
#     database.
#   frameworks: {"fsbp": ["RDS.4"], "config": ["rds-snapshot-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_146", "CKV_AWS_266"]}
package sealint.aws.rds.snapshot_encrypted

import data.sealint.lib.key

deny contains {"path": "key", "message": "the copy names no customer managed key: outside its account and region nobody can read it"} if {
	input.copy
	not key.is_customer(input.key)
}

deny contains {"path": "instance", "message": "the snapshot is of a database that is not encrypted"} if {
	input.instance.storage_encrypted == false
	not input.instance.inherits
}

deny contains {"path": "cluster", "message": "the snapshot is of a cluster that is not encrypted"} if {
	input.cluster.cluster_encrypted == false
	not input.cluster.inherits
	input.cluster.engine_mode != "serverless"
}

deny contains {"path": "encrypted", "message": "the snapshot is not encrypted"} if {
	input.encrypted == false
	not has_source
}

has_source if is_boolean(input.instance.storage_encrypted)

has_source if is_boolean(input.cluster.cluster_encrypted)
