# METADATA
# title: "Deliver notifications over HTTPS"
# description: >-
#   Protocol http posts the message in clear.
# custom:
#   id: sns-subscription-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sns.topic
#   remediation:
#     terraform: Set `protocol = "https"`.
#     cloudformation: "Set `Protocol: https`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"regula": ["FG_R00052"]}
package sealint.aws.sns.subscription_https

refused := {"http"}

deny contains {"path": ["protocol", i, "value"], "message": message} if {
	some i, item in input.protocol
	value := item.value
	value in refused
	message := sprintf("messages are delivered over %v: use https", [value])
}
