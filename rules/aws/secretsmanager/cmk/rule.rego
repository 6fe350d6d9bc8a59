# METADATA
# title: "Encrypt the secret with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the secret, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: alias/aws/secretsmanager.
# custom:
#   id: secretsmanager-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.secretsmanager.secret
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KmsKeyId`."
#   frameworks: {"config": ["secretsmanager-using-cmk"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_149"], "trivy": ["AWS-0098"], "cfn_nag": ["W77"], "cfn_guard": ["SECRETSMANAGER_USING_CMK"]}
package sealint.aws.secretsmanager.cmk

import data.sealint.lib.key

deny contains {"path": "kms_key_id", "message": "the secret is not encrypted with a customer managed key"} if {
	not key.is_customer(input.kms_key_id)
}

deny contains {"path": ["replica_kms_key_id", i, "value"], "message": "the replica of the secret is not encrypted with a customer managed key"} if {
	some i, item in input.replica_kms_key_id
	not key.is_customer(item.value)
}
