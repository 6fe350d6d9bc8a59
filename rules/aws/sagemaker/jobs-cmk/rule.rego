# METADATA
# title: "Encrypt monitoring jobs, feature groups, clusters and outputs with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt monitoring jobs, feature groups, clusters and outputs, can
#   cut access off at once by disabling the key, and see each use in CloudTrail. AWS default: service key.
# custom:
#   id: sagemaker-jobs-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.sagemaker.data_quality_job_definition
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_id` for what is written, `volume_kms_key_id` in `cluster_config` for the
#       volume.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId` for what is written, `VolumeKmsKeyId` for the volume.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_367", "CKV_AWS_368", "CKV_AWS_372"]}
package sealint.aws.sagemaker.jobs_cmk

import data.sealint.lib.key

deny contains {"path": ["output_key", i, "value"], "message": message} if {
	some i, item in input.output_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["volume_key", i, "value"], "message": message} if {
	some i, item in input.volume_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.volume_subject])
}

deny contains {"path": ["named_volume_key", i, "value"], "message": message} if {
	some i, item in input.named_volume_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.volume_subject])
}

deny contains {"path": ["inner_key", i, "value"], "message": message} if {
	some i, item in input.inner_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.inner_subject])
}

deny contains {"path": ["redshift_key", i, "value"], "message": "the Redshift result is not encrypted with a customer managed key"} if {
	some i, item in input.redshift_key
	not key.is_customer(item.value)
}

deny contains {"path": ["named_output_key", i, "value"], "message": message} if {
	some i, item in input.named_output_key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
