# METADATA
# title: "Encrypt inventory and Storage Lens reports with a customer managed KMS key"
# description: >-
#   A report lists the names of all objects, which say much of what they hold. It deserves the key of the data.
# custom:
#   id: s3-inventory-encrypted
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.s3.export
#   remediation:
#     terraform: "Name a customer managed key for the report: `key_id` in `encryption.sse_kms`."
#     cloudformation: "Name a customer managed key for the report: `KeyId` in `Encryption.SSEKMS`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.inventory_encrypted

import data.sealint.lib.key

deny contains {"path": ["reports", i, "value", j, "key"], "message": "the report is not encrypted with a customer managed key"} if {
	some i, destination in input.reports
	some j, bucket in destination.value
	not key.is_customer(bucket.key)
}
