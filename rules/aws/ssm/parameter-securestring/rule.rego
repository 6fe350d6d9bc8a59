# METADATA
# title: "Store parameters that hold secrets as SecureString"
# description: >-
#   SecureString adds a KMS permission.
# custom:
#   id: ssm-parameter-securestring
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ssm.parameter
#   remediation: >-
#     Store parameters that hold secrets as SecureString: `type = SecureString` (Terraform).
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV2_AWS_34"]}
package sealint.aws.ssm.parameter_securestring

deny contains {
	"path": "type",
	"message": sprintf("the parameter is a %v: everyone who may read parameters reads its value", [input.type]),
} if {
	input.type != "SecureString"
}
