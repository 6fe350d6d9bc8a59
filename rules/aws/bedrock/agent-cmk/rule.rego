# METADATA
# title: "Encrypt Bedrock agents, prompts and flows with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Bedrock agents, prompts and flows, can cut access off at once
#   by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: bedrock-agent-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.bedrock.agent
#   remediation:
#     terraform: "Name a customer managed key: `customer_encryption_key_arn`."
#     cloudformation: "Name a customer managed key: `CustomerEncryptionKeyArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_373"]}
package sealint.aws.bedrock.agent_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
