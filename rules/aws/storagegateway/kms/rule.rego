# METADATA
# title: "Encrypt gateway shares and volumes with KMS"
# description: >-
#   File shares and volumes use SSE-S3 unless KMS is switched on. AWS default: SSE-S3 / service key.
# custom:
#   id: storagegateway-kms
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.storagegateway.nfs_file_share
#   remediation: >-
#     Set `kms_encrypted = true` and name a customer managed key: `kms_key_arn` of a share, `kms_key` of a volume.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.storagegateway.kms

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": "kms_encrypted", "message": "a key is named, but encryption with KMS is off"} if {
	key.is_customer(input.key)
	input.kms_encrypted == false
}
