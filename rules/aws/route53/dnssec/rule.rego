# METADATA
# title: "Sign public zones with DNSSEC"
# description: >-
#   Without signatures a resolver cannot tell a forged answer from a true one, so an attacker may send users elsewhere.
# related_resources:
#   - https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
# custom:
#   id: route53-dnssec
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.route53.zone
#   remediation:
#     terraform: >-
#       Add `aws_route53_hosted_zone_dnssec` with an `aws_route53_key_signing_key`. The key is an
#       ECC_NIST_P256 key of KMS in us-east-1.
#     cloudformation: >-
#       Add `AWS::Route53::DNSSEC` with an `AWS::Route53::KeySigningKey`. The key is an ECC_NIST_P256 key of
#       KMS in us-east-1.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_38"]}
package sealint.aws.route53.dnssec

deny contains {"path": "signed", "message": "answers of this public zone are not signed"} if {
	not input.private
	not input.signed
}

deny contains {"path": "signing", "message": "answers of this public zone are not signed"} if {
	not input.private
	input.signing == "NOT_SIGNING"
}
