# METADATA
# title: "Encrypt copied snapshots and AMIs with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt copied snapshots and AMIs, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/ebs.
# custom:
#   id: ebs-copies-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.ebs_snapshot_copy
#   remediation: "Name a customer managed key: `kms_key_id`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_183", "CKV_AWS_236"]}
package sealint.aws.ec2.ebs_copies_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
