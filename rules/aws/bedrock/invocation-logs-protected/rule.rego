# METADATA
# title: "Log model invocations to encrypted places"
# description: >-
#   The log holds every prompt and every answer, with all that users typed. Its log group and its bucket deserve a key
#   that you control.
# related_resources:
#   - https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
# custom:
#   id: bedrock-invocation-logs-protected
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.bedrock.invocation_log
#   remediation: >-
#     Set `kms_key_id` of the log group and a customer managed key as the default encryption of the bucket (Terraform).
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.bedrock.invocation_logs_protected

import data.sealint.lib.key

deny contains {"path": "log_group", "message": "prompts and answers are logged to a group that is not encrypted with a customer managed key"} if {
	some found in input.log_group.key
	not key.is_customer(found.value)
}

deny contains {"path": "bucket", "message": "prompts and answers are written to a bucket that is not encrypted with a customer managed key"} if {
	input.bucket.encryption.algorithm
	not key.is_customer(input.bucket.encryption.key)
}
