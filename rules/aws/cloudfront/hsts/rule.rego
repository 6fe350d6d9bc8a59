# METADATA
# title: "Send HSTS with a response headers policy"
# description: >-
#   HSTS keeps browsers on HTTPS. AWS default: none.
# custom:
#   id: cloudfront-hsts
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudfront.distribution
#   remediation: >-
#     Send HSTS with a response headers policy.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_259", "CKV2_AWS_32"]}
package sealint.aws.cloudfront.hsts

deny contains {"path": ["headers_policy", i, "value"], "message": "the distribution adds no security headers: nothing keeps browsers on HTTPS"} if {
	some i, item in input.headers_policy
	not item.value
}

deny contains {"path": ["access_control_max_age_sec", i, "value"], "message": message} if {
	some i, item in input.access_control_max_age_sec
	item.value < 31536000
	message := sprintf("browsers forget after %v seconds that the site is on HTTPS: keep them for a year", [item.value])
}

deny contains {"path": ["access_control_max_age_sec", i, "value"], "message": "the headers have no HSTS: nothing keeps browsers on HTTPS"} if {
	some i, item in input.access_control_max_age_sec
	not item.value
}
