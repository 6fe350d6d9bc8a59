# METADATA
# title: "Encrypt Verified Access groups and endpoints with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Verified Access groups and endpoints, can cut access off at
#   once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: verifiedaccess-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.verified_access_endpoint
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn` in `sse_specification`."
#     cloudformation: "Name a customer managed key: `KmsKeyArn` in `SseSpecification`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.verifiedaccess_cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
