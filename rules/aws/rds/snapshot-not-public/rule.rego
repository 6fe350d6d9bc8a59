# METADATA
# title: "Do not share snapshots with everyone"
# description: >-
#   A public snapshot is a copy of the whole database or disk for every account of AWS. Only unencrypted ones can be
#   made public.
# custom:
#   id: snapshot-not-public
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.rds.snapshot_copy
#   remediation: >-
#     Name the accounts that need the snapshot in `shared_accounts`, or `account_id` of
#     `aws_snapshot_create_volume_permission` (Terraform), never `all`.
#   frameworks: {"fsbp": ["RDS.1", "EC2.1"], "config": ["rds-snapshots-public-prohibited", "ebs-snapshot-public-restorable-check"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_302"]}
package sealint.aws.rds.snapshot_not_public

refused := {"all"}

deny contains {"path": "shared_accounts", "message": message} if {
	some value in input.shared_accounts
	value in refused
	message := sprintf("the snapshot is shared with everyone (%v)", [value])
}
