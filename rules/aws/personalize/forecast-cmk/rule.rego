# METADATA
# title: "Encrypt Personalize, Forecast and Lookout data with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Personalize, Forecast and Lookout data, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: personalize-forecast-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.personalize.dataset_group
#   remediation: >-
#     Name a customer managed key: `KmsKeyArn`, of a Forecast data set in `EncryptionConfig`; of an inference scheduler
#     `ServerSideKmsKeyId` and `KmsKeyId` in `DataOutputConfiguration`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.personalize.forecast_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["output_key", i, "value"], "message": "the inference scheduler's output is not encrypted with a customer managed key"} if {
	some i, item in input.output_key
	not key.is_customer(item.value)
}
