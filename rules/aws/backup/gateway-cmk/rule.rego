# METADATA
# title: "Encrypt backup gateway hypervisor credentials with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt backup gateway hypervisor credentials, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: backup-gateway-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.backup.hypervisor
#   remediation: "Name a customer managed key: `KmsKeyArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.backup.gateway_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the hypervisor's credentials are not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
