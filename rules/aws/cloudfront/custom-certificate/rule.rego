# METADATA
# title: "Use an own certificate on CloudFront"
# description: >-
#   The default certificate fixes the minimum at TLSv1 and forbids own names. AWS default: Default
#   certificate.
# custom:
#   id: cloudfront-custom-certificate
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: "Name a certificate of ACM: `acm_certificate_arn` in `viewer_certificate`."
#     cloudformation: "Name a certificate of ACM: `AcmCertificateArn` in `ViewerCertificate`."
#   frameworks: {"fsbp": ["CloudFront.7"], "config": ["cloudfront-custom-ssl-certificate"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_42"], "cfn_guard": ["CLOUDFRONT_CUSTOM_SSL_CERTIFICATE"]}
package sealint.aws.cloudfront.custom_certificate

deny contains {
	"path": ["cloudfront_default_certificate", i, "value"],
	"message": "the distribution uses the certificate of *.cloudfront.net: TLS 1.0 stays allowed",
} if {
	some i, item in input.cloudfront_default_certificate
	item.value
}
