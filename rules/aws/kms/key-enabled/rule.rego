# METADATA
# title: "Keep the key enabled"
# description: >-
#   Services that use a disabled key fail at the next data-key request. AWS default: Enabled.
# custom:
#   id: kms-key-enabled
#   severity: medium
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Set `is_enabled = true`, or remove the key with what it protects.
#     cloudformation: "Set `Enabled: true`, or remove the key with what it protects."
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_227"]}
package sealint.aws.kms.key_enabled

deny contains {"path": "enabled", "message": "the key is disabled: what it encrypts cannot be read"} if {
	input.enabled == false
}
