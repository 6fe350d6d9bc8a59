# METADATA
# title: "Attach row-level security to shared data sets"
# description: >-
#   Row-level security limits each reader of a data set to some of its rows, by user, by group or by tags that
#   an embedding application sends. AWS default: every reader sees every row.
# related_resources:
#   - https://docs.aws.amazon.com/quicksight/latest/user/restrict-access-to-a-data-set-using-row-level-security.html
# custom:
#   id: quicksight-row-level-security
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.quicksight.data_set
#   remediation:
#     terraform: Name a data set of permissions in `row_level_permission_data_set`, or rules by tag.
#     cloudformation: Name a data set of permissions in `RowLevelPermissionDataSet`, or rules by tag.
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.quicksight.row_level_security

deny contains {"path": "rows_by_user", "message": "whoever may see the data set sees all of its rows"} if {
	not input.rows_by_user
	not input.rows_by_tag
}
