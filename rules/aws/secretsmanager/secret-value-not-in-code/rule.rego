# METADATA
# title: "Keep secret values out of code"
# description: >-
#   Generate the value or write it outside of IaC; use write-only arguments.
# custom:
#   id: secret-value-not-in-code
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.secretsmanager.secret
#   remediation: >-
#     Let the service make the value (`GenerateSecretString`), or pass it from a sensitive variable or a NoEcho
#     parameter.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_384"]}
package sealint.aws.secretsmanager.secret_value_not_in_code

import data.sealint.lib.secret
import data.sealint.lib.shown

holds_secret if not input.parameter.is

holds_secret if secret.is_named(input.parameter.name)

deny contains {"path": "secret_string", "message": message} if {
	holds_secret
	input.secret_string.protected == false
	input.secret_string.source != "placeholder"
	message := sprintf("the secret %v", [shown.how(input.secret_string)])
}

deny contains {"path": ["secret_binary", i, "value"], "message": message} if {
	some i, item in input.secret_binary
	item.value.protected == false
	item.value.source != "placeholder"
	message := sprintf("the secret %v", [shown.how(item.value)])
}

deny contains {"path": "secret_wo", "message": message} if {
	input.secret_wo.source == "literal"
	message := sprintf("the secret %v", [shown.how(input.secret_wo)])
}
