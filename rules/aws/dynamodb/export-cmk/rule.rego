# METADATA
# title: "Encrypt table exports with a customer managed KMS key"
# description: >-
#   An export is a copy of the whole table. With a key of your own you decide who may decrypt it, and can withdraw it.
# custom:
#   id: dynamodb-export-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.dynamodb.export
#   remediation: Set `s3_sse_algorithm = "KMS"` and `s3_sse_kms_key_id`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.dynamodb.export_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the export is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
