# METADATA
# title: "Deploy Config rules for the encryption claims"
# description: >-
#   The recorder only writes down what changes. Rules judge it: without one for encryption, nobody hears when a
#   bucket loses its default encryption after the deployment. AWS default: no rules.
# related_resources:
#   - https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
# custom:
#   id: config-encryption-rules
#   severity: info
#   precision: medium
#   profile: strict
#   view: aws.config.rules
#   remediation: >-
#     Add a managed rule such as S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED beside the recorder.
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   parameters:
#     wanted:
#       type: strings
#       description: Identifiers of managed rules, each of which must be deployed.
#       default: [S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED]
package sealint.aws.config.encryption_rules

deny contains {
	"path": [],
	"message": sprintf("Config records, but no rule beside it is %v", [concat(" or ", sort(missing))]),
} if {
	not input.elsewhere
	missing := {rule | some rule in input.parameters.wanted; not is_deployed(rule)}
	count(missing) > 0
}

is_deployed(rule) if input.rules[_].value == rule

is_deployed(rule) if contains(input.packs[_].value, rule)
