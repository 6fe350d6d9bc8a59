# METADATA
# title: "Narrow what other accounts may do with a key"
# description: >-
#   A whole foreign account in a key policy lets its administrators hand the key on to anybody there.
#   AWS default: no policy.
# custom:
#   id: kms-key-policy-foreign-account
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.kms.key
#   remediation: >-
#     Name roles instead of the account, and add a condition.
#   parameters:
#     trusted_accounts:
#       type: strings
#       description: Ids of other accounts that may use keys without a condition.
#       default: []
package sealint.aws.kms.key_policy_foreign_account

import data.sealint.lib.account

ids := {"KP09", "KP10"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
	not is_trusted(input.policy.statements[finding.statement])
}

# Every other account that the statement names is trusted: as principal, or as the caller's account in a condition.
is_trusted(statement) if {
	accounts := foreign(statement)
	count(accounts) > 0
	every id in accounts {
		id in input.parameters.trusted_accounts
	}
}

foreign(statement) := principals | callers if {
	principals := {id |
		some principal in statement.principals
		principal.owner == "foreign"
		id := account.of(principal.id)
	}
	callers := {value |
		some condition in statement.conditions
		lower(condition.key) in {"kms:calleraccount", "aws:principalaccount"}
		some value in condition.values
	}
}
