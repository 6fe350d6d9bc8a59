# METADATA
# title: "Encrypt the database cluster with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the database cluster, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: alias/aws/rds; AWS owned key for new Aurora clusters without
#   an encryption setting.
# custom:
#   id: rds-cluster-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.instance
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_327"]}
package sealint.aws.rds.cluster_cmk

import data.sealint.lib.key

deny contains {"path": "cluster_key", "message": "the cluster is not encrypted with a customer managed key"} if {
	not key.is_customer(input.cluster_key)
	not inherits
}

# A replica or a restored cluster has the key of what it comes from, if it names none.
inherits if {
	input.inherits
	not input.cluster_key
}
