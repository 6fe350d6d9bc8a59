# METADATA
# title: "Keep secret values out of code"
# description: >-
#   Generate the value or write it outside of IaC; use write-only arguments. AWS default: n/a.
# custom:
#   id: secret-value-not-in-code
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.secretsmanager.secret
#   remediation: >-
#     Keep secret values out of code.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_384"]}
package sealint.aws.secretsmanager.secret_value_not_in_code

deny contains {"path": "secret_string", "message": message} if {
	secret := input.secret_string
	not secret.protected
	message := sprintf("`secret_string` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["secret_binary", i, "value"], "message": message} if {
	some i, item in input.secret_binary
	secret := item.value
	not secret.protected
	message := sprintf("`secret_binary` is not kept secret: it comes from a %v", [secret.source])
}
