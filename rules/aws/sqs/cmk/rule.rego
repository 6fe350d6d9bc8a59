# METADATA
# title: "Encrypt the queue with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt the queue, can cut access off at once by disabling the key,
#   and see each use in CloudTrail. AWS default: SSE-SQS.
# custom:
#   id: sqs-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.sqs.queue
#   remediation:
#     terraform: "Name a customer managed key: `kms_master_key_id`."
#     cloudformation: "Name a customer managed key: `KmsMasterKeyId`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV2_AWS_73", "CKV_AWS_27"], "trivy": ["AWS-0135"], "cfn_nag": ["W48"], "regula": ["FG_R00070"], "cfn_guard": ["SQS_QUEUE_KMS_MASTER_KEY_ID_RULE"]}
package sealint.aws.sqs.cmk

import data.sealint.lib.key

deny contains {"path": "kms_master_key_id", "message": "the queue is not encrypted with a customer managed key"} if {
	not key.is_customer(input.kms_master_key_id)
}
