# METADATA
# title: "Deny requests to the bucket that do not use TLS"
# description: >-
#   Only a Deny on aws:SecureTransport false for the bucket and its objects stops plain HTTP; an Allow
#   with SecureTransport true does not. AWS default: HTTP and HTTPS are both accepted.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
# custom:
#   id: s3-bucket-https-only
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket
#   remediation: >-
#     Add a statement to the policy with the effect `Deny`, the principal `*`, the action `s3:*`, the bucket and its
#     objects as resources, and the condition `Bool` `"aws:SecureTransport": "false"`.
#   frameworks: {"fsbp": ["S3.5"], "cis_aws": ["v3.0/2.1.1", "v5.0/2.1.1", "v6.0/3.1.1"], "config": ["s3-bucket-ssl-requests-only"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"regula": ["FG_R00100"], "cfn_guard": ["S3_BUCKET_SSL_REQUESTS_ONLY"], "checkov": ["CKV_AWS_379"]}
package sealint.aws.s3.bucket_https_only

deny contains {
	"path": sprintf("policy.%s", [place]),
	"message": finding.message,
	"severity": severity,
} if {
	some finding in input.policy.findings
	finding.id == "BP01"
}

# What is wrong with a statement that was meant to require TLS, if there is one.
reasons := [finding |
	some finding in input.policy.findings
	finding.id in {"BP02", "BP03", "BP04", "BP05", "BP06", "BP07"}
]

default place := ""

place := reasons[0].path

default severity := "medium"

# An inverted condition stops those who do use TLS.
severity := "high" if {
	some finding in reasons
	finding.id == "BP07"
}
