# METADATA
# title: "Encrypt QLDB ledgers with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt QLDB ledgers, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: qldb-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.qldb.ledger
#   remediation:
#     terraform: "Name a customer managed key: `kms_key`."
#     cloudformation: "Name a customer managed key: `KmsKey`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.qldb.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the ledger is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
