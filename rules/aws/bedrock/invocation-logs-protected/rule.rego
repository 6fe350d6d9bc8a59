# METADATA
# title: "Log model calls to encrypted places"
# description: >-
#   The logs of model calls hold what people asked and what they were told. A customer managed key decides who
#   may read them. AWS default: model calls are not logged; logs are encrypted with keys of AWS.
# related_resources:
#   - https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
# custom:
#   id: bedrock-invocation-logs-protected
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.bedrock.invocation_logs
#   remediation: >-
#     Encrypt the log group, or the bucket, with a customer managed key.
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.bedrock.invocation_logs_protected

import data.sealint.lib.key

deny contains {"path": "log_group", "message": "prompts and answers are logged to a log group without a customer managed key"} if {
	input.log_group.here
	not key.is_customer(input.log_group.key)
}

deny contains {"path": "bucket", "message": "prompts and answers are logged to a bucket without a customer managed key"} if {
	input.bucket.here
	not key.is_customer(input.bucket.key)
}
