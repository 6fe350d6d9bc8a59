# METADATA
# title: "Encrypt database activity streams with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt database activity streams, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: A key is required; the AWS managed key is not
#   allowed.
# custom:
#   id: rds-activity-stream-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.rds.cluster_activity_stream
#   remediation: "Name a customer managed key: `kms_key_id`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_246"]}
package sealint.aws.rds.activity_stream_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the activity stream is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
