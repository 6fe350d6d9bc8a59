# METADATA
# title: "Mask credentials in log groups"
# description: >-
#   A data protection policy masks keys and personal data.
# custom:
#   id: log-group-data-protection
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.logs.log_group
#   remediation:
#     terraform: Add an `aws_cloudwatch_log_data_protection_policy` for the log group.
#     cloudformation: Give the log group a `DataProtectionPolicy`.
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.logs.log_group_data_protection

deny contains {"path": "policy_document", "message": "secrets that are logged can be read: no data protection policy masks them"} if {
	input.class == "STANDARD"
	not input.policy_document
	not account_masks
}

# A policy of the account holds for all its log groups.
account_masks if input.account_policies[_].value == "DATA_PROTECTION_POLICY"
