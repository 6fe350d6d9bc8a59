# METADATA
# title: "Encrypt function environment variables with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt function environment variables, can cut access off at once by
#   disabling the key, and see each use in CloudTrail. AWS default: alias/aws/lambda; variables are readable by anyone
#   with GetFunctionConfiguration. The same key encrypts the snapshots of SnapStart, which hold the function's memory.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
#   - https://docs.aws.amazon.com/lambda/latest/dg/snapstart-security.html
# custom:
#   id: lambda-env-cmk
#   severity: medium
#   precision: very-high
#   profile: strict
#   view: aws.lambda.function
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_arn`."
#     cloudformation: "Name a customer managed key: `KmsKeyArn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_173"]}
package sealint.aws.lambda.env_cmk

import data.sealint.lib.key

deny contains {
	"path": "environment_key",
	"message": "the environment variables are not encrypted with a customer managed key",
} if {
	input.variables
	not key.is_customer(input.environment_key)
}

deny contains {
	"path": "environment_key",
	"message": "the snapshots of SnapStart are not encrypted with a customer managed key",
} if {
	not input.variables
	input.snap_start == "PublishedVersions"
	not key.is_customer(input.environment_key)
}
