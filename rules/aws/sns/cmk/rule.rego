# METADATA
# title: "Encrypt the topic with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the topic, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: No server-side encryption.
# custom:
#   id: sns-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.sns.topic
#   remediation:
#     terraform: "Name a customer managed key: `kms_master_key_id`."
#     cloudformation: "Name a customer managed key: `KmsMasterKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"trivy": ["AWS-0136"]}
package sealint.aws.sns.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the topic is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
