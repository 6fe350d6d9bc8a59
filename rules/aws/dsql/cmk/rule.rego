# METADATA
# title: "Encrypt Aurora DSQL clusters with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Aurora DSQL clusters, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: dsql-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.dsql.cluster
#   remediation:
#     terraform: "Name a customer managed key: `kms_encryption_key`."
#     cloudformation: "Name a customer managed key: `KmsEncryptionKey`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.dsql.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the DSQL cluster is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
