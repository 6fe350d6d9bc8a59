# METADATA
# title: "Encrypt DataSync credentials with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt DataSync credentials, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: A service-managed secret under the default Secrets Manager
#   key.
# custom:
#   id: datasync-secrets-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.datasync.location_efs
#   remediation: "Name a customer managed key: `KmsKeyArn` in `CmkSecretConfig`."
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
package sealint.aws.datasync.secrets_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the location's credentials are not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
