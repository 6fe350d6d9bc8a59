# METADATA
# title: "Call API destinations over HTTPS and keep their credentials out of code"
# description: >-
#   EventBridge keeps the credential of a connection in Secrets Manager, but where it stands in the code everyone who
#   reads the repository or the stack knows it. Events sent over HTTP can be read on the way.
# custom:
#   id: eventbridge-api-destination-https
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.events.event_bus
#   remediation:
#     terraform: Name an `https://` address as `invocation_endpoint`. Pass the credential from a secret.
#     cloudformation: Name an `https://` address as `InvocationEndpoint`. Pass the credential from a secret.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.events.eventbridge_api_destination_https

import data.sealint.lib.shown

deny contains {"path": ["api_key", i, "value"], "message": message} if {
	some i, item in input.api_key
	secret := item.value
	not secret.protected
	message := sprintf("the API key of the connection %v", [shown.how(secret)])
}

deny contains {"path": ["password", i, "value"], "message": message} if {
	some i, item in input.password
	secret := item.value
	not secret.protected
	message := sprintf("the password of the connection %v", [shown.how(secret)])
}

deny contains {"path": ["client_secret", i, "value"], "message": message} if {
	some i, item in input.client_secret
	secret := item.value
	not secret.protected
	message := sprintf("the client secret of the connection %v", [shown.how(secret)])
}

deny contains {"path": ["endpoint", i, "value"], "message": "events are sent over plain HTTP"} if {
	some i, item in input.endpoint
	startswith(lower(item.value), "http://")
}
