# METADATA
# title: "Encrypt SecureString parameters with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt SecureString parameters, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/ssm.
# custom:
#   id: ssm-parameter-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ssm.parameter
#   remediation: "Name a customer managed key: `key_id`."
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_337"]}
package sealint.aws.ssm.parameter_cmk

import data.sealint.lib.key

deny contains {
	"path": "key_id",
	"message": "the parameter is not encrypted with a customer managed key",
} if {
	input.type == "SecureString"
	not key.is_customer(input.key_id)
}
