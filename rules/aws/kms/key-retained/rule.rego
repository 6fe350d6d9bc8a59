# METADATA
# title: "Protect keys from deletion with the stack"
# description: >-
#   A deleted key takes everything that it encrypted with it. Removing a line of code or a stack must not schedule
#   its deletion.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: kms-key-retained
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.kms.retention
#   remediation:
#     terraform: Set `lifecycle { prevent_destroy = true }`.
#     cloudformation: "Set `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`."
#   frameworks: {"nist-800-53-r5": ["SC-12"], "pci-dss-v4": ["3.6.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.key_retained

retained := {"Retain", "RetainExceptOnCreate"}

deny contains {"path": "prevent_destroy", "message": "destroying the configuration schedules the deletion of the key"} if {
	input.prevent_destroy == false
}

deny contains {"path": "on_delete", "message": "deleting the stack schedules the deletion of the key"} if {
	not input.on_delete in retained
	input.on_delete
}

deny contains {"path": "on_replace", "message": "replacing the key schedules the deletion of the old one"} if {
	not input.on_replace in retained
	input.on_replace
}
