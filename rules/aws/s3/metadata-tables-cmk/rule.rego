# METADATA
# title: "Encrypt the metadata tables of the bucket with a customer managed KMS key"
# description: >-
#   The tables hold the name, tags and changes of each object of the bucket. With a key of your own you decide who may
#   decrypt them.
# custom:
#   id: s3-metadata-tables-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.metadata_tables
#   remediation:
#     terraform: "Name a customer managed key for each table: `kms_key_arn` in `encryption_configuration`."
#     cloudformation: "Name a customer managed key for each table: `KmsKeyArn` in `EncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.metadata_tables_cmk

import data.sealint.lib.key

deny contains {"path": ["tables", i, "value", j, "key"], "message": "the table of metadata is not encrypted with a customer managed key"} if {
	some i, found in input.tables
	some j, table in found.value
	not key.is_customer(table.key)
}
