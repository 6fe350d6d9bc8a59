# METADATA
# title: "Keep secrets out of function environments"
# description: >-
#   Environment variables show in the console, in API answers and in state.
# custom:
#   id: lambda-env-no-secrets
#   severity: high
#   precision: medium
#   profile: default
#   view: aws.lambda.function
#   remediation: >-
#     Keep the secret in Secrets Manager, give the function its ARN in the variable, and read it at start.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_45"]}
package sealint.aws.lambda.env_no_secrets

import data.sealint.lib.secret

deny contains {
	"path": ["environment", name],
	"message": sprintf("the environment variable %v holds a secret", [name]),
} if {
	some name, value in input.environment
	secret.is_literal(name, value)
}
