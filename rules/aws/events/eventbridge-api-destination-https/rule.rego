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

deny contains {"path": ["invocation_endpoint", i, "value"], "message": "`invocation_endpoint` is written in the code"} if {
	some i, item in input.invocation_endpoint
	is_string(item.value)
}

deny contains {"path": ["password", i, "value"], "message": "`password` is written in the code"} if {
	some i, item in input.password
	is_string(item.value)
}

deny contains {"path": ["client_secret", i, "value"], "message": "`client_secret` is written in the code"} if {
	some i, item in input.client_secret
	is_string(item.value)
}
