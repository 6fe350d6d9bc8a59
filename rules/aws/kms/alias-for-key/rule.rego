# METADATA
# title: "Give every key an alias"
# description: >-
#   An alias lets people and code name a key without its id, and lets one key take the place of another. AWS default: a key has none.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
# custom:
#   id: kms-alias-for-key
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.kms.alias_of_key
#   remediation:
#     terraform: Add an `aws_kms_alias` that aims at the key.
#     cloudformation: Add an `AWS::KMS::Alias` that aims at the key.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.alias_for_key

deny contains {"path": [], "message": "no alias names the key: people see only its id"} if {
	not input.alias
}
