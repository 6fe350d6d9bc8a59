# METADATA
# title: "Protect event data stores from termination"
# description: >-
#   Termination protection blocks deletion. AWS default: true.
# custom:
#   id: cloudtrail-organization-trail-mgmt
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `termination_protection_enabled = true`.
#     cloudformation: "Set `TerminationProtectionEnabled: true`."
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.cloudtrail.organization_trail_mgmt

deny contains {"path": "termination_protection_enabled", "message": "the event data store can be deleted by mistake"} if {
	not input.termination_protection_enabled
}
