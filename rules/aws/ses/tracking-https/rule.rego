# METADATA
# title: "Use HTTPS for tracking links"
# description: >-
#   Open and click links default to HTTP for custom domains. AWS default: OPTIONAL.
# custom:
#   id: ses-tracking-https
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ses.configuration_set
#   remediation:
#     terraform: Set `https_policy = "REQUIRE"` in `tracking_options`.
#     cloudformation: "Set `HttpsPolicy: REQUIRE` in `TrackingOptions`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ses.tracking_https

accepted := {"REQUIRE", "REQUIRE_OPEN_ONLY"}

deny contains {"path": ["https_policy", i, "value"], "message": message} if {
	some i, item in input.https_policy
	value := item.value
	not value in accepted
	message := sprintf("tracking links may be opened over HTTP (%v)", [value])
}

deny contains {"path": ["https_policy", i, "value"], "message": "tracking links may be opened over HTTP"} if {
	some i, item in input.https_policy
	not item.value
}
