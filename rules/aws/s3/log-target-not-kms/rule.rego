# METADATA
# title: "Keep SSE-KMS off buckets that receive access logs"
# description: >-
#   S3 server access logs and access logs of application load balancers cannot be written to a bucket whose default
#   encryption is SSE-KMS. They vanish, and nobody is told.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
# custom:
#   id: s3-log-target-not-kms
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.bucket
#   remediation:
#     terraform: >-
#       Encrypt the bucket of the logs with SSE-S3: `sse_algorithm = "AES256"`.
#     cloudformation: "Encrypt the bucket of the logs with SSE-S3: `SSEAlgorithm: AES256`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.log_target_not_kms

deny contains {"path": "encryption.algorithm", "message": "access logs cannot be written to a bucket with SSE-KMS: they are lost"} if {
	receives_logs
	startswith(input.encryption.algorithm, "aws:kms")
}

receives_logs if input.receives_logs

receives_logs if input.balancers[_].value == "application"
