# METADATA
# title: "Encrypt pipeline artifacts with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt pipeline artifacts, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: alias/aws/s3.
# custom:
#   id: codepipeline-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.codepipeline.pipeline
#   remediation:
#     terraform: "Name a customer managed key: `id` in `artifact_store.encryption_key`."
#     cloudformation: "Name a customer managed key: `Id` in the `EncryptionKey` of each artifact store."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_219"]}
package sealint.aws.codepipeline.cmk

import data.sealint.lib.key

message := "the pipeline's artifacts are not encrypted with a customer managed key"

deny contains {"path": ["stores", i, "value", j, "key"], "message": message} if {
	some i, stores in input.stores
	some j, store in stores.value
	not key.is_customer(store.key)
}

deny contains {"path": "stores", "message": message} if not has_stores

has_stores if {
	some stores in input.stores
	count(stores.value) > 0
}
