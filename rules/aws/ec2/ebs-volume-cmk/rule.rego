# METADATA
# title: "Encrypt the EBS volume with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the EBS volume, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: alias/aws/ebs, or the account default key.
# custom:
#   id: ebs-volume-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.volume
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_189"], "trivy": ["AWS-0027"], "cfn_nag": ["W37"], "cfn_guard": ["EBS_VOLUME_ENCRYPTION_KEY_RULE"]}
package sealint.aws.ec2.ebs_volume_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	not takes_account_key(item)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["additional_key", i, "value"], "message": message} if {
	some i, item in input.additional_key
	not key.is_customer(item.value)
	not takes_account_key(item)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

takes_account_key(item) if {
	not item.value
	some account in input.account_key
	key.is_customer(account.value)
}
