# METADATA
# title: "Rotate at least once a year"
# description: >-
#   The period can be 90 to 2560 days; above 365 most policies no longer call it yearly, and values
#   outside the range fail at apply time. AWS default: 365 days when rotation is on.
# custom:
#   id: kms-key-rotation-period
#   severity: low
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Set `rotation_period_in_days` to 90 to 365 days.
#     cloudformation: Set `RotationPeriodInDays` to 90 to 365 days.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
#   parameters:
#     maximum_days:
#       type: integer
#       description: The longest time in days between two rotations.
#       default: 365
package sealint.aws.kms.key_rotation_period

deny contains {
	"path": "rotation_days",
	"message": sprintf("the key rotates every %v days, more than %v", [input.rotation_days, input.parameters.maximum_days]),
} if {
	input.rotation_days > input.parameters.maximum_days
}
