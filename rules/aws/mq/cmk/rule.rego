# METADATA
# title: "Encrypt the broker with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the broker, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: mq-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.mq.broker
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id` in `encryption_options`."
#     cloudformation: "Name a customer managed key: `KmsKeyId` in `EncryptionOptions`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_209"], "cfn_nag": ["W53"], "cfn_guard": ["AMAZON_MQ_BROKER_ENCRYPTION_OPTIONS_RULE"]}
package sealint.aws.mq.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the broker is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
