# METADATA
# title: "Do not share snapshots with everyone"
# description: >-
#   Sharing with all makes an unencrypted snapshot public; encrypted ones cannot be public. AWS default:
#   Private.
# custom:
#   id: snapshot-not-public
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.rds.snapshot_copy
#   remediation: >-
#     Do not share snapshots with everyone.
#   frameworks: {"fsbp": ["RDS.1", "EC2.1"], "config": ["rds-snapshots-public-prohibited", "ebs-snapshot-public-restorable-check"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_302"]}
package sealint.aws.rds.snapshot_not_public

refused := {"all"}

deny contains {"path": "shared_accounts", "message": message} if {
	some value in input.shared_accounts
	value in refused
	message := sprintf("`shared_accounts` contains %v", [value])
}
