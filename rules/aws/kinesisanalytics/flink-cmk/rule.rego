# METADATA
# title: "Encrypt Managed Flink application state with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Managed Flink application state, can cut access off at once
#   by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: flink-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.kinesisanalytics.application
#   remediation: >-
#     Name a customer managed key: `KeyId` in `ApplicationConfiguration.ApplicationEncryptionConfiguration`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kinesisanalytics.flink_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the application's state is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
