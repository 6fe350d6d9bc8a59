# METADATA
# title: "Encrypt EBS by default with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt EBS by default, can cut access off at once by disabling the
#   key, and see each use in CloudTrail. AWS default: alias/aws/ebs.
# custom:
#   id: ebs-default-key-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.ebs_default_kms_key
#   remediation: "Name a customer managed key: `key_arn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.ebs_default_key_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the default key for EBS is not a customer managed key"} if {
	not key.is_customer(input.key)
}
