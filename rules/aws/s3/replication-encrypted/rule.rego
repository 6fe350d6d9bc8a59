# METADATA
# title: "Replicate encrypted objects, with a key for the replicas"
# description: >-
#   Replication leaves out objects with SSE-KMS unless the rule selects them and names a key for the replicas. The copy
#   is then incomplete, and nobody is told.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
# custom:
#   id: s3-replication-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.replication
#   remediation:
#     terraform: >-
#       Set `sse_kms_encrypted_objects` to `Enabled` in `source_selection_criteria` and `replica_kms_key_id`
#       in the `encryption_configuration` of the destination. The key is one of the region of the
#       destination.
#     cloudformation: >-
#       Set `SseKmsEncryptedObjects` and `ReplicaKmsKeyID`. The key is one of the region of the destination.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.s3.replication_encrypted

uses_kms if input.bucket.encryption.algorithm in {"aws:kms", "aws:kms:dsse"}

uses_kms if input.own_algorithm in {"aws:kms", "aws:kms:dsse"}

deny contains {"path": ["rules", i, "encrypted_objects"], "message": "objects of this bucket are encrypted with KMS, and the rule leaves them out"} if {
	uses_kms
	some i, rule in input.rules
	rule.status == "Enabled"
	rule.encrypted_objects != "Enabled"
}

deny contains {"path": ["rules", i, "key"], "message": "objects of this bucket are encrypted with KMS, and no key is named for their replicas"} if {
	uses_kms
	some i, rule in input.rules
	rule.status == "Enabled"
	not rule.key
}
