# METADATA
# title: "Do not use one key for every kind of data"
# description: >-
#   Under one key for secrets, tables, buckets and functions, whoever may read one of them may decrypt all,
#   unless the key policy keeps them apart by service or by context. One mistake in that policy, or one
#   deletion, reaches everything. AWS default: none.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
# custom:
#   id: kms-single-key-many-classes
#   severity: low
#   precision: medium
#   profile: strict
#   view: aws.kms.key_use
#   remediation: >-
#     Give each kind of data a key of its own, or add kms:ViaService or kms:EncryptionContext to each statement
#     that lets someone decrypt.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
#   parameters:
#     maximum_kinds:
#       type: integer
#       description: How many kinds of stores may share a key that nothing divides.
#       default: 3
package sealint.aws.kms.single_key_many_classes

names := {"table": "tables", "secret": "secrets", "parameter": "parameters", "bucket": "buckets", "function": "functions", "topic": "topics", "queue": "queues", "database": "databases", "cluster": "databases", "volume": "volumes", "file_system": "file systems", "log_group": "log groups", "trail": "trails", "stream": "streams"}

kinds := {names[kind] | some kind, used in input.uses; used}

deny contains {
	"path": [],
	"message": sprintf("one key for %v, and its policy does not keep them apart", [concat(", ", sort(kinds))]),
} if {
	count(kinds) > input.parameters.maximum_kinds
	not is_divided
}

# The statements by which people and programs decrypt; the account itself only hands the question on to IAM.
readers contains statement if {
	some statement in input.policy.statements
	statement.effect == "allow"
	statement.kms.decrypt
	some principal in statement.principals
	not principal.kind in {"account", "service"}
}

is_divided if {
	count(readers) > 0
	every statement in readers {
		some condition in statement.conditions
		divides(condition.key)
	}
}

divides(key) if lower(key) in {"kms:viaservice"}

divides(key) if startswith(lower(key), "kms:encryptioncontext")
