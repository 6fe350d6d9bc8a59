# METADATA
# title: "Encrypt CodeArtifact, CodeCommit and CodeGuru data with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt CodeArtifact, CodeCommit and CodeGuru data, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS managed key.
# custom:
#   id: codeartifact-commit-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.codeartifact.repository
#   remediation:
#     terraform: >-
#       Name a customer managed key: `encryption_key` of a CodeArtifact domain, `kms_key_id` of a CodeCommit repository,
#       `kms_key_id` in `kms_key_details` of a CodeGuru association.
#     cloudformation: "Name a customer managed key: `KmsKeyId`; of a repository link `EncryptionKeyArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_221", "CKV_AWS_381"]}
package sealint.aws.codeartifact.commit_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
