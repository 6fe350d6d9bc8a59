# METADATA
# title: "Give every key an alias"
# description: >-
#   An alias lets people and code name a key without its id, and lets another key take its place.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
# custom:
#   id: kms-alias-for-key
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.kms.use
#   remediation: >-
#     Add an `aws_kms_alias` whose `target_key_id` is the key (Terraform), an `AWS::KMS::Alias` with its `TargetKeyId`
#     (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.alias_for_key

deny contains {"path": "alias", "message": "the key has no alias: people know it by its id only"} if {
	not input.alias
}
