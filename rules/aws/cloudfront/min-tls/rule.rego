# METADATA
# title: "Use TLS 1.2 or newer towards viewers"
# description: >-
#   With the default certificate the minimum is TLSv1. AWS default: TLSv1.
# custom:
#   id: cloudfront-min-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: >-
#       Set `minimum_protocol_version = "TLSv1.2_2021"` beside the certificate in `viewer_certificate`. The
#       certificate of *.cloudfront.net allows no choice: name one of ACM.
#     cloudformation: >-
#       Set `MinimumProtocolVersion: TLSv1.2_2021` in `ViewerCertificate`. The certificate of
#       *.cloudfront.net allows no choice: name one of ACM.
#   frameworks: {"fsbp": ["CloudFront.15"], "config": ["cloudfront-ssl-policy-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_174"], "trivy": ["AWS-0013"], "cfn_nag": ["W70"], "cfn_guard": ["CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The security policies that distributions may use towards viewers.
#       default:
#         - TLSv1.2_2018
#         - TLSv1.2_2019
#         - TLSv1.2_2021
#         - TLSv1.2_2025
#         - TLSv1.3_2025
package sealint.aws.cloudfront.min_tls

deny contains {
	"path": ["minimum_protocol_version", i, "value"],
	"message": sprintf("viewers may connect with the policy %v, which allows TLS below 1.2", [item.value]),
} if {
	some i, item in input.minimum_protocol_version
	not item.value in input.parameters.accepted_policies
	not has_default_certificate
}

deny contains {
	"path": ["minimum_protocol_version", i, "value"],
	"message": "viewers may connect with TLS 1.0: no minimum is set",
} if {
	some i, item in input.minimum_protocol_version
	not item.value
	not has_default_certificate
}

# CloudFront fixes the policy to TLSv1 then, whatever is set.
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
deny contains {
	"path": ["cloudfront_default_certificate", i, "value"],
	"severity": "info",
	"message": "viewers may connect with TLS 1.0: the certificate of *.cloudfront.net allows no other minimum",
} if {
	some i, item in input.cloudfront_default_certificate
	item.value
}

deny contains {
	"path": "viewer_certificate",
	"severity": "info",
	"message": "viewers may connect with TLS 1.0: no certificate is named, and that of *.cloudfront.net allows no other minimum",
} if {
	count(input.minimum_protocol_version) > 0
	not input.viewer_certificate
}

has_default_certificate if input.cloudfront_default_certificate[_].value

has_default_certificate if not input.viewer_certificate
