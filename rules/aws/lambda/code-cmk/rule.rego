# METADATA
# title: "Encrypt deployment packages of functions with a customer managed KMS key"
# description: >-
#   With an own KMS key you decide who may decrypt the code of the function, can cut access off by disabling the
#   key, and see each use in CloudTrail. AWS default: a key that AWS owns.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
# custom:
#   id: lambda-code-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.lambda.code
#   remediation: >-
#     Set `source_kms_key_arn` (Terraform, provider 6 and newer) or `Code.SourceKMSKeyArn` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.lambda.code_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the code of the function is not encrypted with a customer managed key"} if {
	input.package == "Zip"
	not key.is_customer(input.key)
}
