# METADATA
# title: "Encrypt investigation and security agent data with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt investigation and security agent data, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: investigation-agents-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.aiops.investigation_group
#   remediation: >-
#     Name a customer managed key: `KmsKeyId` in `EncryptionConfig` of an investigation group, `KmsKeyId` of a security
#     agent space, `DefaultKmsKeyId` of a security agent application, `KmsKeyArn` of a DevOps agent space or service.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.aiops.investigation_agents_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
