# METADATA
# title: "Use dual-layer encryption (DSSE-KMS) where the profile asks for it"
# description: >-
#   DSSE-KMS applies two layers with separate keys and serves regimes such as CNSSP 15; it costs more
#   and bars bucket keys. AWS default: SSE-S3.
# custom:
#   id: s3-bucket-dsse-kms
#   severity: info
#   precision: very-high
#   profile: strict
#   view: aws.s3.bucket
#   remediation:
#     terraform: Set `sse_algorithm = "aws:kms:dsse"`.
#     cloudformation: "Set `SSEAlgorithm: aws:kms:dsse`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.bucket_dsse_kms

# Deliveries of access logs need SSE-S3.
receives_logs if input.receives_logs

receives_logs if input.balancers[_].value == "application"

receives_logs if input.receives_cloudfront_logs

receives_logs if input.acl == "log-delivery-write"

receives_logs if input.grantees[_].value == "http://acs.amazonaws.com/groups/s3/LogDelivery"

# The services that deliver them, as the bucket's policy lets them in.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
receives_logs if input.policy.reach.services[_] in {
	"logging.s3.amazonaws.com",
	"logdelivery.elasticloadbalancing.amazonaws.com",
}

deny contains {
	"path": "encryption.algorithm",
	"message": sprintf("the bucket encrypts once, with %v", [input.encryption.algorithm]),
} if {
	input.encryption.algorithm != "aws:kms:dsse"
	not receives_logs
}
