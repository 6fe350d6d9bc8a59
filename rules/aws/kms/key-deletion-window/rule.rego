# METADATA
# title: "Keep a long waiting period before key deletion"
# description: >-
#   The waiting period is the only time to notice and cancel; 30 days is the maximum and the default.
#   AWS default: 30 days.
# custom:
#   id: kms-key-deletion-window
#   severity: medium
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Leave `deletion_window_in_days` out, which means 30 days, or set it to 14 or more.
#     cloudformation: Leave `PendingWindowInDays` out, which means 30 days, or set it to 14 or more.
#   fix: { set: { deletion_window_days: 30 }, safe: true }
#   frameworks: {"fsbp": ["KMS.3(related)"], "config": ["kms-cmk-not-scheduled-for-deletion(related)"], "nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
#   parameters:
#     minimum_days:
#       type: integer
#       description: The shortest waiting period in days.
#       default: 14
package sealint.aws.kms.key_deletion_window

deny contains {
	"path": "deletion_window_days",
	"message": sprintf("a deleted key is lost after %v days: allow at least %v", [input.deletion_window_days, input.parameters.minimum_days]),
} if {
	input.deletion_window_days < input.parameters.minimum_days
}
