# METADATA
# title: "Attach row-level security to shared data sets"
# description: >-
#   RLS limits rows per user.
# custom:
#   id: quicksight-row-level-security
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.quicksight.data_set
#   remediation: >-
#     Name a data set of permissions: `row_level_permission_data_set` (Terraform), `RowLevelPermissionDataSet`
#     (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.quicksight.row_level_security

deny contains {"path": ["arn", i, "value"], "message": "everyone with whom the data set is shared sees every row"} if {
	some i, item in input.arn
	not item.value
}
