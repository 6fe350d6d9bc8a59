# METADATA
# title: "Use HTTPS and stored secrets for API destinations"
# description: >-
#   Connection secrets in code leak; endpoints must be https. AWS default: n/a.
# custom:
#   id: eventbridge-api-destination-https
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.events.event_bus
#   remediation: >-
#     Use HTTPS and stored secrets for API destinations.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.events.eventbridge_api_destination_https

deny contains {"path": ["invocation_endpoint", i, "value"], "message": message} if {
	some i, item in input.invocation_endpoint
	secret := item.value
	not secret.protected
	message := sprintf("`invocation_endpoint` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["password", i, "value"], "message": message} if {
	some i, item in input.password
	secret := item.value
	not secret.protected
	message := sprintf("`password` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["client_secret", i, "value"], "message": message} if {
	some i, item in input.client_secret
	secret := item.value
	not secret.protected
	message := sprintf("`client_secret` is not kept secret: it comes from a %v", [secret.source])
}
