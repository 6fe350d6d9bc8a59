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
#   remediation: >-
#     Give the encryption policy a `KmsARN` and leave `AWSOwnedKey` out, in the JSON of `policy` (Terraform), `Policy`
#     (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.opensearch.serverless_cmk

import data.sealint.lib.key

deny contains {"path": "aws_owned", "message": "the collections are encrypted with a key that AWS owns"} if {
	input.type == "encryption"
	input.aws_owned
}

deny contains {"path": "key", "message": "the policy names no customer managed key"} if {
	input.type == "encryption"
	not input.aws_owned
	not key.is_customer(input.key)
}
