# METADATA
# title: "Encrypt exported revisions with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt exported revisions, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: Bucket default.
# custom:
#   id: dataexchange-export-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.dataexchange.event_action
#   remediation: "Name a customer managed key: `kms_key_arn` in `action.export_revision_to_s3.encryption`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.dataexchange.export_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "the exported revision is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
