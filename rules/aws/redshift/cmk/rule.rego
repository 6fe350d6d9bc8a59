# METADATA
# title: "Encrypt Redshift with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Redshift, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: alias/aws/redshift; serverless an AWS owned key.
# custom:
#   id: redshift-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.redshift.cluster
#   remediation:
#     terraform: >-
#       Name a customer managed key: `kms_key_id`.
#     cloudformation: >-
#       Name a customer managed key: `KmsKeyId`, of an integration `KMSKeyId`, of copied snapshots
#       `DestinationKmsKeyId`.
#   frameworks: {"fsbp": ["RedshiftServerless.4"], "config": ["redshift-cluster-kms-enabled", "redshift-serverless-namespace-cmk-encryption"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_142", "CKV_AWS_281", "CKV_AWS_282"], "trivy": ["AWS-0084"]}
package sealint.aws.redshift.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}

deny contains {"path": ["copy_key", i, "value"], "message": "the snapshot copy is not encrypted with a customer managed key"} if {
	some i, item in input.copy_key
	not key.is_customer(item.value)
}
