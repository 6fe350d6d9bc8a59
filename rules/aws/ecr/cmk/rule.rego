# METADATA
# title: "Encrypt the repository with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the repository, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: AES256 (SSE-S3); KMS without a key: alias/aws/ecr.
# custom:
#   id: ecr-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ecr.repository
#   remediation:
#     terraform: "Name a customer managed key: `kms_key` in `encryption_configuration`."
#     cloudformation: "Name a customer managed key: `KmsKey` in `EncryptionConfiguration`."
#   frameworks: {"fsbp": ["ECR.5"], "config": ["ecr-repository-cmk-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_136"], "trivy": ["AWS-0033"]}
package sealint.aws.ecr.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
