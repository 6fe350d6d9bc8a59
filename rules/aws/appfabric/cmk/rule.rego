# METADATA
# title: "Encrypt AppFabric bundles with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt AppFabric bundles, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: appfabric-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.appfabric.app_bundle
#   remediation: "Name a customer managed key: `customer_managed_key_arn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.appfabric.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the app bundle is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
