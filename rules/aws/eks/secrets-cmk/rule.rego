# METADATA
# title: "Encrypt Kubernetes secrets in EKS with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Kubernetes secrets in EKS, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: EKS 1.28 and newer: envelope encryption of all API
#   data with an AWS owned key; older: disk encryption only.
# custom:
#   id: eks-secrets-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.eks.cluster
#   remediation:
#     terraform: "Name a customer managed key: `key_arn` in `encryption_config.provider`."
#     cloudformation: "Name a customer managed key: `KeyArn` in `EncryptionConfig.Provider`."
#   frameworks: {"fsbp": ["EKS.3"], "config": ["eks-secrets-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_58"], "trivy": ["AWS-0039"], "cfn_nag": ["W82"], "cfn_guard": ["EKS_CLUSTER_ENCRYPTION_RULE"]}
package sealint.aws.eks.secrets_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "secrets of Kubernetes are not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
