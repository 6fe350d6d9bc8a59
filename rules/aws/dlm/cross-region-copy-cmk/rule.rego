# METADATA
# title: "Encrypt cross-region snapshot copies with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt cross-region snapshot copies, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/ebs of the target region.
# custom:
#   id: dlm-cross-region-copy-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.dlm.lifecycle_policy
#   remediation:
#     terraform: >-
#       Name a customer managed key: `cmk_arn` in `cross_region_copy_rule` of the schedule, or in
#       `encryption_configuration` of the `cross_region_copy` action.
#     cloudformation: "Name a customer managed key: `CmkArn` in `CrossRegionCopyRules` or `EncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_254", "CKV_AWS_256"]}
package sealint.aws.dlm.cross_region_copy_cmk

import data.sealint.lib.key

deny contains {"path": ["action_key", i, "value"], "message": "the snapshot copy in the other region is not encrypted with a customer managed key"} if {
	some i, item in input.action_key
	not key.is_customer(item.value)
}

deny contains {"path": ["schedule_key", i, "value"], "message": "the schedule's snapshot copy in the other region is not encrypted with a customer managed key"} if {
	some i, item in input.schedule_key
	not key.is_customer(item.value)
}
