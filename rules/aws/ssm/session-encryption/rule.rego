# METADATA
# title: "Encrypt and log Session Manager sessions"
# description: >-
#   A session is a shell on an instance. With a KMS key it is encrypted end to end beyond TLS, and its log shows what
#   was done there.
# related_resources:
#   - https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-enable-encryption.html
# custom:
#   id: ssm-session-encryption
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ssm.session
#   remediation:
#     terraform: >-
#       In the `inputs` of the document in `content`, set `kmsKeyId`, and a `cloudWatchLogGroupName` with
#       `cloudWatchEncryptionEnabled: true` or an `s3BucketName` with `s3EncryptionEnabled: true`.
#     cloudformation: >-
#       In the `inputs` of the document in `Content`, set `kmsKeyId`, and a `cloudWatchLogGroupName` with
#       `cloudWatchEncryptionEnabled: true` or an `s3BucketName` with `s3EncryptionEnabled: true`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_112", "CKV_AWS_113"]}
package sealint.aws.ssm.session_encryption

is_session if {
	input.document_type == "Session"
	input.session_type == "Standard_Stream"
}

deny contains {"path": "key", "message": "sessions are not encrypted with a KMS key"} if {
	is_session
	not input.key
}

deny contains {"path": "log_group", "message": "nobody can see what was done in a session: none is logged"} if {
	is_session
	not input.log_group
	not input.bucket
}

deny contains {"path": "log_group_encrypted", "message": "the log group of sessions need not be encrypted"} if {
	is_session
	input.log_group
	not input.log_group_encrypted
}

deny contains {"path": "bucket_encrypted", "message": "the bucket of session logs need not be encrypted"} if {
	is_session
	input.bucket
	not input.bucket_encrypted
}
