# METADATA
# title: "Encrypt Entity Resolution output with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Entity Resolution output, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: entityresolution-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.entityresolution.matching_workflow
#   remediation: "Name a customer managed key: `KMSArn` in `OutputSourceConfig`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.entityresolution.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the workflow's output is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
