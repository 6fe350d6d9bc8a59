# METADATA
# title: "Encrypt ECS Exec sessions and their logs"
# description: >-
#   ECS Exec gives a shell in a running container. With a key of your own the session is encrypted between client and
#   container beyond TLS, and its log shows what was done.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
# custom:
#   id: ecs-exec-encrypted
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.ecs.cluster
#   remediation:
#     terraform: >-
#       Set `kms_key_id` in `execute_command_configuration`; where sessions are logged, also
#       `cloud_watch_encryption_enabled` or `s3_bucket_encryption_enabled`.
#     cloudformation: >-
#       Set `KmsKeyId` in `ExecuteCommandConfiguration`; where sessions are logged, also
#       `CloudWatchEncryptionEnabled` or `S3EncryptionEnabled`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_224"]}
package sealint.aws.ecs.exec_encrypted

import data.sealint.lib.key

deny contains {"path": ["exec_key", i, "value"], "message": "sessions of ECS Exec are not encrypted with a customer managed key"} if {
	some i, item in input.exec_key
	not key.is_customer(item.value)
}

deny contains {"path": "exec.logging", "message": "nobody can see what was done in sessions of ECS Exec: logging is off"} if {
	input.exec.logging == "NONE"
}

deny contains {"path": "exec.log_group_encrypted", "message": "the log group of sessions need not be encrypted"} if {
	input.exec.log_group
	not input.exec.log_group_encrypted
}

deny contains {"path": "exec.bucket_encrypted", "message": "the bucket of session logs need not be encrypted"} if {
	input.exec.bucket
	not input.exec.bucket_encrypted
}
