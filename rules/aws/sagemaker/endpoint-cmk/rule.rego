# METADATA
# title: "Encrypt endpoint volumes and captured data with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt endpoint volumes and captured data, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: transient key.
# custom:
#   id: sagemaker-endpoint-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.sagemaker.endpoint_config
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn`, and `kms_key_id` in `data_capture_config`, `core_dump_config` and
#       the `output_config` of asynchronous inference.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId`, also in `DataCaptureConfig` and the `OutputConfig` of asynchronous
#       inference.
#   frameworks: {"config": ["sagemaker-endpoint-configuration-kms-key-configured"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_98"], "cfn_nag": ["W1200"], "cfn_guard": ["SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED"]}
package sealint.aws.sagemaker.endpoint_cmk

import data.sealint.lib.key

deny contains {"path": "volume_key", "message": "the endpoint's volume is not encrypted with a customer managed key"} if {
	not key.is_customer(input.volume_key)
	not takes_no_key
}

takes_no_key if {
	some variant in input.variants
	variant.serverless
}

# `m5d`, `g4dn` and `c6gd` say so in their names.
takes_no_key if {
	some variant in input.variants
	regex.match(`^ml\.([a-z]+[0-9]+[a-z]*d[a-z]*|g5|g6|g6e|gr6|p5|p5e|p5en|p6[a-z0-9-]*|trn1|trn1n|i[0-9]+[a-z]*)\.`, variant.instance_type)
}

deny contains {"path": ["capture_key", i, "value"], "message": "the captured inference data is not encrypted with a customer managed key"} if {
	some i, item in input.capture_key
	not key.is_customer(item.value)
}

deny contains {"path": ["async_key", i, "value"], "message": "the asynchronous inferences' output is not encrypted with a customer managed key"} if {
	some i, item in input.async_key
	not key.is_customer(item.value)
}

deny contains {"path": ["core_dump_key", i, "value"], "message": "the variant's core dump is not encrypted with a customer managed key"} if {
	some i, item in input.core_dump_key
	not key.is_customer(item.value)
}

deny contains {"path": ["shadow_core_dump_key", i, "value"], "message": "the shadow variant's core dump is not encrypted with a customer managed key"} if {
	some i, item in input.shadow_core_dump_key
	not key.is_customer(item.value)
}
