# METADATA
# title: "Do not share snapshots with everyone"
# description: >-
#   A public snapshot is a copy of the whole database or disk for every account of AWS, and a public image one of all its
#   disks. Only unencrypted ones can be made public.
# custom:
#   id: snapshot-not-public
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.rds.snapshot_copy
#   remediation: >-
#     Name the accounts that need the snapshot in `shared_accounts`, or `account_id` of
#     `aws_snapshot_create_volume_permission` or `aws_ami_launch_permission`, never `all`.
#   frameworks: {"fsbp": ["RDS.1", "EC2.1"], "config": ["rds-snapshots-public-prohibited", "ebs-snapshot-public-restorable-check"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_302"]}
package sealint.aws.rds.snapshot_not_public

refused := {"all"}

# A permission names one account, a snapshot a list of them.
shared := input.shared_accounts if is_array(input.shared_accounts)

shared := [input.shared_accounts] if is_string(input.shared_accounts)

deny contains {"path": "shared_accounts", "message": message} if {
	some value in shared
	value in refused
	message := sprintf("the %v is shared with everyone (%v)", [input.shared, value])
}
