# METADATA
# title: "Encrypt codes passed to custom senders with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt codes passed to custom senders, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: required for custom senders.
# custom:
#   id: cognito-sender-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cognitoidp.user_pool
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id` in `lambda_config`."
#     cloudformation: "Name a customer managed key: `KMSKeyID` in `LambdaConfig`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.cognitoidp.cognito_sender_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "codes for the custom sender are not encrypted with a customer managed key"} if {
	input.sender
	not key.is_customer(input.key)
}
