# METADATA
# title: "Encrypt cross-region copies of lifecycle policies"
# description: >-
#   Copies of unencrypted snapshots stay plain unless the rule encrypts them. AWS default: false.
# custom:
#   id: dlm-cross-region-copy-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.dlm.lifecycle_policy
#   remediation:
#     terraform: >-
#       Set `encrypted = true` in `cross_region_copy_rule` of the schedule, or in `encryption_configuration`
#       of the `cross_region_copy` action.
#     cloudformation: "Set `Encrypted: true` in `CrossRegionCopyRules` or `EncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_253", "CKV_AWS_255"], "cfn_nag": ["W81"], "cfn_guard": ["DLM_LIFECYCLE_POLICY_CROSS_REGION_ENCRYPTION_RULE"]}
package sealint.aws.dlm.cross_region_copy_encrypted

deny contains {"path": ["action_encrypted", i, "value"], "message": "the copy in the other region is not encrypted"} if {
	some i, item in input.action_encrypted
	not item.value
}

deny contains {"path": ["schedule_encrypted", i, "value"], "message": "the copy in the other region is not encrypted"} if {
	some i, item in input.schedule_encrypted
	not item.value
}
