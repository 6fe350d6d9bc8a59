# METADATA
# title: "Tell browsers to use HTTPS only (HSTS)"
# description: >-
#   A redirect to HTTPS comes after a first request in plain text. With a Strict-Transport-Security header of a year
#   browsers do not send that request.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
# custom:
#   id: cloudfront-hsts
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: >-
#       Give the behaviour a response headers policy (`response_headers_policy_id`) that sets
#       `access_control_max_age_sec = 31536000` in `strict_transport_security`.
#     cloudformation: >-
#       Give the behaviour a response headers policy (`ResponseHeadersPolicyId`) that sets
#       `AccessControlMaxAgeSec: 31536000` in `StrictTransportSecurity`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_259", "CKV2_AWS_32"]}
package sealint.aws.cloudfront.hsts

deny contains {"path": ["hsts_seconds", i, "value"], "message": message} if {
	some i, item in input.hsts_seconds
	item.value < 31536000
	message := sprintf("browsers remember only for %v seconds to use HTTPS: a year is 31536000", [item.value])
}

deny contains {"path": ["hsts_seconds", i, "value"], "message": "the headers do not tell browsers to use HTTPS"} if {
	some i, item in input.hsts_seconds
	not item.value
}

deny contains {"path": ["headers_policy", i, "value"], "message": "no headers tell browsers to use HTTPS"} if {
	some i, item in input.headers_policy
	not item.value
}
