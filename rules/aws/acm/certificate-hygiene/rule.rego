# METADATA
# title: "Log certificates publicly and replace them without a gap"
# description: >-
#   Browsers distrust public certificates that no transparency log names, and the log shows when somebody else has one
#   issued for your domain. A certificate that is destroyed before its successor exists takes the service down.
# related_resources:
#   - https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html
# custom:
#   id: acm-certificate-hygiene
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.acm.issued
#   remediation:
#     terraform: >-
#       Leave `certificate_transparency_logging_preference` at `ENABLED`, and set `create_before_destroy =
#       true` in `lifecycle`.
#     cloudformation: Leave `CertificateTransparencyLoggingPreference` at `ENABLED`.
#   frameworks: {"fsbp": ["ACM.1(related)"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_233", "CKV_AWS_234", "CKV2_AWS_71"]}
package sealint.aws.acm.certificate_hygiene

deny contains {"path": "transparency", "message": "no transparency log names the certificate: browsers distrust it, and misuse goes unseen"} if {
	input.transparency == "DISABLED"
	not input.unlogged
}

deny contains {"path": "replaced_first", "message": "the certificate is destroyed before its successor exists"} if {
	not input.replaced_first
}
