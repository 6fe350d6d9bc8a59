# METADATA
# title: "Send to HTTPS endpoints and keep destination secrets out of code"
# description: >-
#   Redshift passwords, Splunk tokens and access keys belong in Secrets Manager. AWS default: n/a.
# custom:
#   id: firehose-destination-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.firehose.delivery_stream
#   remediation: >-
#     Send to HTTPS endpoints and keep destination secrets out of code.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"cfn_nag": ["F66", "F68"], "cfn_guard": ["KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD", "KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD"]}
package sealint.aws.firehose.destination_https

deny contains {"path": ["password", i, "value"], "message": message} if {
	some i, item in input.password
	secret := item.value
	not secret.protected
	message := sprintf("`password` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["hec_token", i, "value"], "message": message} if {
	some i, item in input.hec_token
	secret := item.value
	not secret.protected
	message := sprintf("`hec_token` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["access_key", i, "value"], "message": message} if {
	some i, item in input.access_key
	secret := item.value
	not secret.protected
	message := sprintf("`access_key` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["url", i, "value"], "message": message} if {
	some i, item in input.url
	secret := item.value
	not secret.protected
	message := sprintf("`url` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["private_key", i, "value"], "message": message} if {
	some i, item in input.private_key
	secret := item.value
	not secret.protected
	message := sprintf("`private_key` is not kept secret: it comes from a %v", [secret.source])
}
