# METADATA
# title: "Encrypt Lex conversation logs and grammars with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Lex conversation logs and grammars, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: bucket or log group default.
# custom:
#   id: lex-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.lex.bot_alias
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn` in `conversation_logs.log_settings`."
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyArn` in
#       `ConversationLogSettings.AudioLogSettings.Destination.S3Bucket`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.lex.cmk

import data.sealint.lib.key

deny contains {"path": ["logs", i, "key"], "message": "the recorded speech is not encrypted with a customer managed key"} if {
	some i, log in input.logs
	log.log_type == "AUDIO"
	not key.is_customer(log.key)
}

deny contains {"path": ["key", i, "value"], "message": "the recorded speech is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}

deny contains {"path": ["grammar_key", i, "value"], "message": "the slot type grammar is not encrypted with a customer managed key"} if {
	some i, item in input.grammar_key
	not key.is_customer(item.value)
}
