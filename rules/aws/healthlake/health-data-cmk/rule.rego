# METADATA
# title: "Encrypt HealthLake, HealthImaging and Omics stores with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt HealthLake, HealthImaging and Omics stores, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: health-data-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.healthlake.fhir_datastore
#   remediation: >-
#     Name a customer managed key: `KmsKeyId` in `SseConfiguration.KmsEncryptionConfig` (HealthLake), `KmsKeyArn`
#     (HealthImaging), `KeyArn` in `SseConfig` (HealthOmics).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.healthlake.health_data_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the data store is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
