# METADATA
# title: "Encrypt ElastiCache with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt ElastiCache, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: service key.
# custom:
#   id: elasticache-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_191"]}
package sealint.aws.elasticache.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
