# METADATA
# title: "Protect tables from deletion"
# description: >-
#   Deletion protection blocks DeleteTable. AWS default: false.
# custom:
#   id: dynamodb-deletion-protection
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.dynamodb.table
#   remediation:
#     terraform: Set `deletion_protection_enabled = true`.
#     cloudformation: "Set `DeletionProtectionEnabled: true`."
#   fix: { set: { deletion_protection: true }, safe: true }
#   frameworks: {"fsbp": ["DynamoDB.6"], "config": ["dynamodb-table-deletion-protection-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.dynamodb.deletion_protection

deny contains {"path": "deletion_protection", "message": "the table can be deleted by mistake"} if {
	not input.deletion_protection
}

deny contains {"path": ["replicas", i, "deletion_protection"], "message": "a replica of the table can be deleted by mistake"} if {
	some i, replica in input.replicas
	not replica.deletion_protection
}
