# METADATA
# title: "Keep recovery points from deletion"
# description: >-
#   Whoever wants a ransom deletes the backups first. A lock, or a policy that denies deletion, keeps even a stolen
#   administrator from it.
# related_resources:
#   - https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
# custom:
#   id: backup-vault-policy-no-delete
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.backup.deletion
#   remediation:
#     terraform: >-
#       Add an `aws_backup_vault_lock_configuration`, or an `aws_backup_vault_policy` that denies
#       backup:DeleteRecoveryPoint.
#     cloudformation: Set `LockConfiguration`, or an `AccessPolicy` that denies backup:DeleteRecoveryPoint.
#   frameworks: {"config": ["backup-recovery-point-manual-deletion-disabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
package sealint.aws.backup.vault_policy_no_delete

deny contains {"path": "lock", "message": "an administrator can delete the recovery points: no lock keeps them and no policy denies it"} if {
	not input.lock
	not denies_deletion
}

denies_deletion if {
	some found in input.statements
	some statement in found.value
	statement.effect == "Deny"
	is_for_all(statement)
	is_about_deletion(statement)
}

is_for_all(statement) if statement.principals == "*"

is_for_all(statement) if "*" in as_list(statement.principals.AWS)

is_for_all(statement) if statement.not_principals

is_about_deletion(statement) if {
	some action in as_list(statement.actions)
	deletes(action)
}

is_about_deletion(statement) if {
	others := as_list(statement.not_actions)
	every action in others {
		not deletes(action)
	}
}

deletes(action) if lower(action) == "backup:deleterecoverypoint"

deletes(action) if {
	endswith(action, "*")
	startswith("backup:deleterecoverypoint", trim_suffix(lower(action), "*"))
}

as_list(actions) := [action | some action in actions; is_string(action)] if is_array(actions)

as_list(actions) := [actions] if is_string(actions)
