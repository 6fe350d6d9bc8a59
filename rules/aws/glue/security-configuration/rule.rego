# METADATA
# title: "Encrypt S3, logs and bookmarks of Glue jobs"
# description: >-
#   A Glue job leaves copies of its data in S3, in its logs and in its bookmarks. A security configuration protects
#   only those that it names.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html
# custom:
#   id: glue-security-configuration
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.glue.security_configuration
#   remediation:
#     terraform: >-
#       Set `s3_encryption_mode = "SSE-KMS"`, `cloudwatch_encryption_mode = "SSE-KMS"` and
#       `job_bookmarks_encryption_mode = "CSE-KMS"`, each with a key.
#     cloudformation: >-
#       Set `S3EncryptionMode: SSE-KMS`, `CloudWatchEncryptionMode: SSE-KMS` and `JobBookmarksEncryptionMode:
#       CSE-KMS`, each with a key.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_99"]}
package sealint.aws.glue.security_configuration

deny contains {"path": "s3", "message": "what jobs write to S3 is not encrypted by them"} if input.s3 == "DISABLED"

deny contains {"path": "logs", "message": "logs of jobs are not encrypted with a key"} if input.logs == "DISABLED"

deny contains {"path": "bookmarks", "message": "bookmarks of jobs are not encrypted"} if input.bookmarks == "DISABLED"
