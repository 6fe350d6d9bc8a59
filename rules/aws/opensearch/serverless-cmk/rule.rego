# METADATA
# title: "Name a customer key in serverless encryption policies"
# description: >-
#   A collection encrypted with the key that AWS owns has no key policy of yours, and its use is in no log of
#   yours.
# related_resources:
#   - https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
# custom:
#   id: opensearchserverless-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.opensearch.serverless_policy
#   remediation:
#     terraform: Give the encryption policy a `KmsARN` and leave `AWSOwnedKey` out, in the JSON of `policy`.
#     cloudformation: >-
#       Give the encryption policy a `KmsARN` and leave `AWSOwnedKey` out, in the JSON of `Policy`; a
#       collection with `EncryptionConfig` a `KmsKeyArn`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.opensearch.serverless_cmk

import data.sealint.lib.key

encrypts if input.type == "encryption"

encrypts if input.own

deny contains {"path": "aws_owned", "message": "the collections are encrypted with a key that AWS owns"} if {
	encrypts
	input.aws_owned
}

deny contains {"path": "key", "message": "no customer managed key is named for the collections"} if {
	encrypts
	not input.aws_owned
	not key.is_customer(input.key)
}
