# METADATA
# title: "Encrypt AppFlow flows and profiles with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt AppFlow flows and profiles, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: AWS managed key.
# custom:
#   id: appflow-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.appflow.flow
#   remediation:
#     terraform: "Name a customer managed key: `kms_arn`."
#     cloudformation: "Name a customer managed key: `KMSArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_263", "CKV_AWS_264"]}
package sealint.aws.appflow.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
