# METADATA
# title: "Encrypt App Runner copies of source and image with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt App Runner copies of source and image, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS managed key.
# custom:
#   id: apprunner-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.apprunner.service
#   remediation:
#     terraform: "Name a customer managed key: `kms_key` in `encryption_configuration`."
#     cloudformation: "Name a customer managed key: `KmsKey` in `EncryptionConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.apprunner.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": "App Runner's copy of the service's source or image is not encrypted with a customer managed key"} if {
	some i, item in input.key
	not key.is_customer(item.value)
}
