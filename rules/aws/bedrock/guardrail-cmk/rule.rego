# METADATA
# title: "Encrypt guardrails and automated reasoning policies with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt guardrails and automated reasoning policies, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: bedrock-guardrail-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.bedrock.guardrail
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn`."
#     cloudformation: "Name a customer managed key: `KmsKeyArn`; of an automated reasoning policy `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.bedrock.guardrail_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
