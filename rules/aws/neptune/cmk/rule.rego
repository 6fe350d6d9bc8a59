# METADATA
# title: "Encrypt Neptune and Neptune Analytics with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Neptune and Neptune Analytics, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/rds; graphs an AWS owned key.
# custom:
#   id: neptune-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.neptune.cluster
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_arn`, of a graph `kms_key_identifier`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId`, of a graph `KmsKeyIdentifier`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_347"], "trivy": ["AWS-0128"]}
package sealint.aws.neptune.cmk

import data.sealint.lib.key

deny contains {"path": "kms_key_arn", "message": message} if {
	not key.is_customer(input.kms_key_arn)
	not takes_key
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

# A replica or a restored cluster that names no key has that of what it comes from.
takes_key if {
	input.inherits
	not input.kms_key_arn
}
