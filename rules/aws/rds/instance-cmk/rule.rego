# METADATA
# title: "Encrypt the RDS instance with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the RDS instance, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: alias/aws/rds.
# custom:
#   id: rds-instance-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.instance
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.rds.instance_cmk

import data.sealint.lib.key

# A member of a cluster has the key of the cluster.
deny contains {"path": "key", "message": "the database is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
	not input.member
	not inherits
}

# A replica or a restored database has the key of what it comes from, if it names none.
inherits if {
	input.inherits
	not input.key
}
