# METADATA
# title: "Keep grants narrow"
# description: >-
#   A grant gives its operations to the grantee until it is retired, outside the key policy; CreateGrant in
#   it lets the grantee pass them on. AWS default: no grant.
# custom:
#   id: kms-grant-least-privilege
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kms.grant
#   remediation: >-
#     Grant single operations to a role of the own account, with encryption_context_equals and
#     retire_on_delete.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.kms.grant_least_privilege

ids := {"GR01", "GR02", "GR03", "GR04", "GR05", "GR06"}

deny contains {
	"path": sprintf("grant.findings[%d]", [i]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, finding in input.grant.findings
	finding.id in ids
}
