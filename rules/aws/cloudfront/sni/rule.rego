# METADATA
# title: "Use SNI"
# description: >-
#   Dedicated IPs are needed only for clients without SNI.
# custom:
#   id: cloudfront-sni
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: Set `ssl_support_method = "sni-only"` in `viewer_certificate`.
#     cloudformation: "Set `SslSupportMethod: sni-only` in `DistributionConfig.ViewerCertificate`."
#   frameworks: {"fsbp": ["CloudFront.8"], "config": ["cloudfront-sni-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"cfn_guard": ["CLOUDFRONT_SNI_ENABLED"]}
package sealint.aws.cloudfront.sni

accepted := {"sni-only"}

deny contains {"path": ["ssl_support_method", i, "value"], "message": message} if {
	some i, item in input.ssl_support_method
	value := item.value
	value != ""
	not value in accepted
	message := sprintf("the distribution pays for an address of its own (%v), which only clients without SNI need", [value])
}

deny contains {"path": ["ssl_support_method", i, "value"], "message": "nothing says how viewers name the host"} if {
	some i, item in input.ssl_support_method
	not item.value
	not has_default_certificate
}

# The certificate of *.cloudfront.net leaves no choice.
has_default_certificate if input.cloudfront_default_certificate[_].value

has_default_certificate if not input.viewer_certificate
