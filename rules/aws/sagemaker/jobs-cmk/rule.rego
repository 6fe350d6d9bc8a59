# METADATA
# title: "Encrypt monitoring jobs, feature groups, clusters and outputs with a customer managed KMS key"
# description: >-
#   With an own KMS key you decide who may decrypt monitoring jobs, feature groups, clusters and
#   outputs, can cut access off at once by disabling the key, and see each use in CloudTrail. AWS
#   default: service key.
# custom:
#   id: sagemaker-jobs-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.sagemaker.data_quality_job_definition
#   remediation: >-
#     Encrypt monitoring jobs, feature groups, clusters and outputs with a customer managed KMS key:
#     `data_quality_job_output_config.kms_key_id = <kms key arn>` (Terraform),
#     `DataQualityJobOutputConfig.KmsKeyId = <kms key arn>` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_367", "CKV_AWS_368", "CKV_AWS_372"]}
package sealint.aws.sagemaker.jobs_cmk

import data.sealint.lib.key

deny contains {"path": ["kms_key_id", i, "value"], "message": "the data quality job definition is not encrypted with a customer managed key"} if {
	some i, item in input.kms_key_id
	not key.is_customer(item.value)
}

deny contains {
	"path": ["job_volume_kms_key_id", i, "value"],
	"message": "the volume that the job works on is not encrypted with a customer managed key",
} if {
	some i, item in input.job_volume_kms_key_id
	not key.is_customer(item.value)
}

deny contains {"path": ["volume_kms_key_id", i, "value"], "message": "the data quality job definition is not encrypted with a customer managed key (`volume_kms_key_id`)"} if {
	some i, item in input.volume_kms_key_id
	not key.is_customer(item.value)
}

deny contains {"path": ["transform_resources_volume_kms_key_id", i, "value"], "message": "the data quality job definition is not encrypted with a customer managed key (`transform_resources_volume_kms_key_id`)"} if {
	some i, item in input.transform_resources_volume_kms_key_id
	not key.is_customer(item.value)
}

deny contains {"path": ["redshift_dataset_definition_kms_key_id", i, "value"], "message": "the data quality job definition is not encrypted with a customer managed key (`redshift_dataset_definition_kms_key_id`)"} if {
	some i, item in input.redshift_dataset_definition_kms_key_id
	not key.is_customer(item.value)
}
