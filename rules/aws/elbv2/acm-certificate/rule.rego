# METADATA
# title: "Use ACM certificates on listeners"
# description: >-
#   ACM renews certificates; uploaded IAM certificates expire.
# custom:
#   id: elbv2-acm-certificate
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.elbv2.listener
#   remediation:
#     terraform: "Name a certificate of AWS Certificate Manager: `certificate_arn`."
#     cloudformation: "Name a certificate of AWS Certificate Manager: `CertificateArn` in `Certificates`."
#   frameworks: {"config": ["elbv2-acm-certificate-required"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"cfn_guard": ["ELBV2_ACM_CERTIFICATE_REQUIRED"]}
package sealint.aws.elbv2.acm_certificate

deny contains {"path": "certificate", "message": "the listener has no certificate"} if {
	input.protocol in {"HTTPS", "TLS"}
	not input.certificate
}

deny contains {
	"path": ["uploaded", i, "value"],
	"message": "the certificate is uploaded to IAM: nothing renews it before it expires",
} if {
	some i, certificate in input.uploaded
	certificate.value.here
}

deny contains {
	"path": ["certificates", i, "value"],
	"message": "the certificate is uploaded to IAM: nothing renews it before it expires",
} if {
	some i, certificate in input.certificates
	regex.match(`^arn:[^:]*:iam::`, certificate.value)
}
