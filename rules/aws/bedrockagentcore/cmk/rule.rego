# METADATA
# title: "Encrypt AgentCore memories, gateways, evaluators and token vault with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt AgentCore memories, gateways, evaluators and token vault, can
#   cut access off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: bedrock-agentcore-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.bedrockagentcore.memory
#   remediation:
#     terraform: >-
#       Name a customer managed key: `encryption_key_arn` of a memory, `kms_key_arn` of a gateway, `kms_key_arn` in
#       `kms_configuration` of the token vault.
#     cloudformation: >-
#       Name a customer managed key: `EncryptionKeyArn` of a memory or policy engine, `KmsKeyArn` of a gateway or
#       evaluator.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.bedrockagentcore.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
