# METADATA
# title: "Use certificates of ACM in place of server certificates in IAM"
# description: >-
#   Certificates in IAM are not renewed: when one expires, whoever forgot it learns from an outage. Certificates of ACM
#   renew themselves.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html
# custom:
#   id: iam-server-certificate-managed
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.iam.server_certificate
#   remediation:
#     terraform: "Request the certificate in ACM: `aws_acm_certificate`."
#     cloudformation: "Request the certificate in ACM: `AWS::CertificateManager::Certificate`."
#   frameworks: {"fsbp": ["IAM.26"], "config": ["iam-server-certificate-expiration-check"], "cis_aws": ["v3.0/1.19", "v5.0/1.18", "v6.0/2.18"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"trivy": ["AWS-0168"]}
package sealint.aws.iam.server_certificate_managed

deny contains {"path": "body", "message": "nothing renews this certificate: use one of ACM"} if {
	input.body
}
