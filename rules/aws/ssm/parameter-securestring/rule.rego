# METADATA
# title: "Store parameters that hold secrets as SecureString"
# description: >-
#   Everyone with ssm:GetParameter reads a plain parameter. A SecureString also asks for the permission to decrypt with
#   its KMS key. Judged are parameters whose name or value looks like a secret.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
#   - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-parameter.html
# custom:
#   id: ssm-parameter-securestring
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ssm.parameter
#   remediation:
#     terraform: Set `type = "SecureString"`.
#     cloudformation: >-
#       A template cannot make a `SecureString`: keep the value in an `AWS::SecretsManager::Secret`, or make
#       the parameter outside of the template.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   related: {"checkov": ["CKV2_AWS_34"]}
#   parameters:
#     every_parameter:
#       type: boolean
#       description: Whether each parameter has to be a SecureString, whatever it is called and holds.
#       default: false
package sealint.aws.ssm.parameter_securestring

import data.sealint.lib.secret

looks_secret if input.parameters.every_parameter

# The ARN or the name of a secret is none.
looks_secret if {
	secret.is_named(input.name)
	not input.points_at.here
}

looks_secret if secret.is_literal("", input.value)

looks_secret if secret.in_text(input.value)

looks_secret if secret.in_json(input.value)

deny contains {
	"path": "type",
	"message": sprintf("the parameter is a %v: everyone who may read parameters reads its value", [input.type]),
} if {
	input.type != "SecureString"
	looks_secret
}
