# METADATA
# title: "Deliver over HTTPS and keep the secrets of destinations out of code"
# description: >-
#   A Redshift password, a Splunk token or an access key in the code is known to everyone who reads the repository or
#   the stack, and records sent to an HTTP endpoint can be read on the way.
# related_resources:
#   - https://docs.aws.amazon.com/firehose/latest/dev/using-secrets-manager.html
# custom:
#   id: firehose-destination-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.firehose.delivery_stream
#   remediation:
#     terraform: >-
#       Let Firehose read the credential from Secrets Manager: `secrets_manager_configuration` in the
#       configuration of the destination. Name an `https://` address as `url`.
#     cloudformation: >-
#       Let Firehose read the credential from Secrets Manager: `SecretsManagerConfiguration` in the
#       configuration of the destination. Name an `https://` address as `Url` in `EndpointConfiguration`.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"cfn_nag": ["F66", "F68"], "cfn_guard": ["KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD", "KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD"]}
package sealint.aws.firehose.destination_https

import data.sealint.lib.shown

deny contains {"path": ["redshift_password", i, "value"], "message": message} if {
	some i, item in input.redshift_password
	secret := item.value
	not secret.protected
	message := sprintf("the password for Redshift %v", [shown.how(secret)])
}

deny contains {"path": ["splunk_token", i, "value"], "message": message} if {
	some i, item in input.splunk_token
	secret := item.value
	not secret.protected
	message := sprintf("the token for Splunk %v", [shown.how(secret)])
}

deny contains {"path": ["access_key", i, "value"], "message": message} if {
	some i, item in input.access_key
	secret := item.value
	not secret.protected
	message := sprintf("the access key of the HTTP endpoint %v", [shown.how(secret)])
}

deny contains {"path": ["snowflake_key", i, "value"], "message": message} if {
	some i, item in input.snowflake_key
	secret := item.value
	not secret.protected
	message := sprintf("the private key for Snowflake %v", [shown.how(secret)])
}

deny contains {"path": ["url", i, "value"], "message": "records are sent over plain HTTP"} if {
	some i, item in input.url
	startswith(lower(item.value), "http://")
}
