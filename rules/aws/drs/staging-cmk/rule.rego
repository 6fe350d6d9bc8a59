# METADATA
# title: "Encrypt Elastic Disaster Recovery staging disks with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Elastic Disaster Recovery staging disks, can cut access off
#   at once by disabling the key, and see each use in CloudTrail. AWS default: DEFAULT = alias/aws/ebs.
# custom:
#   id: drs-staging-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.drs.replication_configuration_template
#   remediation: "Name a customer managed key: `ebs_encryption_key_arn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.drs.staging_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the staging area is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
