# METADATA
# title: "Encrypt the bucket with a customer managed KMS key"
# description: >-
#   With SSE-KMS a leaked bucket policy is not enough to read data: the caller also needs kms:Decrypt on
#   your key, and every use is logged. AWS default: SSE-S3. With aws:kms and no key id the AWS managed
#   key aws/s3 is used (not usable from other accounts, policy not editable).
# custom:
#   id: s3-bucket-sse-kms
#   severity: medium
#   precision: very-high
#   profile: strict
#   view: aws.s3.bucket
#   remediation:
#     terraform: Set `sse_algorithm = "aws:kms"` and `kms_master_key_id`.
#     cloudformation: "Set `SSEAlgorithm: aws:kms` and `KMSMasterKeyID`."
#   frameworks: {"fsbp": ["S3.17"], "config": ["s3-default-encryption-kms"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_145"], "trivy": ["AWS-0132"], "cfn_guard": ["S3_DEFAULT_ENCRYPTION_KMS"]}
package sealint.aws.s3.bucket_sse_kms

import data.sealint.lib.key

kms := {"aws:kms", "aws:kms:dsse"}

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
	"message": sprintf("the bucket encrypts with %v, not with a customer managed key", [input.encryption.algorithm]),
} if {
	not input.encryption.algorithm in kms
	not receives_logs
}

deny contains {
	"path": "encryption.key",
	"message": "the bucket uses the AWS managed key aws/s3, whose policy nobody can change",
} if {
	input.encryption.algorithm in kms
	not key.is_customer(input.encryption.key)
	not receives_logs
}
