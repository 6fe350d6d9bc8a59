# METADATA
# title: "Write the key policy yourself"
# description: >-
#   Without a policy the key gets the default one: the account root with kms:*, so any IAM policy with
#   kms on * may use it. AWS default: Default key policy: account root, kms:*, Resource *.
# custom:
#   id: kms-key-policy-explicit
#   severity: low
#   precision: very-high
#   profile: strict
#   view: aws.kms.key
#   remediation:
#     terraform: "Write the key policy: `policy` or an `aws_kms_key_policy`."
#     cloudformation: "Write the key policy: `KeyPolicy`."
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_64"]}
package sealint.aws.kms.key_policy_explicit

deny contains {"path": "policy_stated", "message": "the key has no policy of its own: IAM alone decides who uses it"} if {
	not input.policy_stated
}
