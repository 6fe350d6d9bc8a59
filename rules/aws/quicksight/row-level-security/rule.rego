# METADATA
# title: "Attach row-level security to shared data sets"
# description: >-
#   RLS limits rows per user. AWS default: none.
# custom:
#   id: quicksight-row-level-security
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.quicksight.data_set
#   remediation: >-
#     Attach row-level security to shared data sets.
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.quicksight.row_level_security

deny contains {"path": ["arn", i, "value"], "message": "everyone with whom the data set is shared sees every row"} if {
	some i, item in input.arn
	not item.value
}
