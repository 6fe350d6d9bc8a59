# METADATA
# title: "Encrypt notebooks, domains and user storage with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt notebooks, domains and user storage, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS managed or transient key.
# custom:
#   id: sagemaker-notebook-domain-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.sagemaker.notebook_instance
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_id`, and `s3_kms_key_id` for what users share and Canvas keeps.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId`, and `S3KmsKeyId` for what users share.
#   frameworks: {"config": ["sagemaker-notebook-instance-kms-key-configured"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_22", "CKV_AWS_187"], "cfn_nag": ["W1201"], "cfn_guard": ["SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED"]}
package sealint.aws.sagemaker.notebook_domain_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["shared_key", i, "value"], "message": message} if {
	some i, item in input.shared_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.shared_subject])
}

deny contains {"path": ["canvas_key", i, "value"], "message": "the Canvas workspace is not encrypted with a customer managed key"} if {
	some i, item in input.canvas_key
	not key.is_customer(item.value)
}
