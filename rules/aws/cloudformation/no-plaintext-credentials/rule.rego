# METADATA
# title: "Keep passwords and tokens of other resources out of code"
# description: >-
#   A password, token or private key that stands in the code is known to everyone who reads the repository, the state
#   or the stack, and stays in their history when it is changed.
# custom:
#   id: no-plaintext-credentials
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudformation.credentials
#   remediation:
#     terraform: "Pass it from a secret: a data source, or a sensitive variable."
#     cloudformation: "Pass it from a secret: `{{resolve:secretsmanager:…}}`, or a parameter with `NoEcho: true`."
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_295"], "cfn_nag": ["F31", "F36", "F37", "F41", "F42", "F43", "F45", "F46", "F47", "F48", "F49", "F50", "F51", "F52", "F53", "F54", "F55", "F56", "F57", "F58", "F60", "F61", "F62", "F63", "F64", "F65", "F67", "F69", "F71", "F74", "F75"], "cfn_guard": ["AMAZON_MQ_BROKER_USERS_NO_PLAINTEXT_PASSWORD", "DMS_NO_PLAINTEXT_PASSWORD", "MICROSOFT_AD_NO_PLAINTEXT_PASSWORD", "IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD"]}
package sealint.aws.cloudformation.no_plaintext_credentials

import data.sealint.lib.shown

deny contains {"path": ["password", i, "value"], "message": message} if {
	some i, item in input.password
	secret := item.value
	not secret.protected
	message := sprintf("the password %v", [shown.how(secret)])
}

deny contains {"path": ["token", i, "value"], "message": message} if {
	some i, item in input.token
	secret := item.value
	not secret.protected
	message := sprintf("the token %v", [shown.how(secret)])
}

deny contains {"path": ["private_key", i, "value"], "message": message} if {
	some i, item in input.private_key
	secret := item.value
	not secret.protected
	message := sprintf("the private key %v", [shown.how(secret)])
}

deny contains {"path": ["client_secret", i, "value"], "message": message} if {
	some i, item in input.client_secret
	secret := item.value
	not secret.protected
	message := sprintf("the client secret %v", [shown.how(secret)])
}
