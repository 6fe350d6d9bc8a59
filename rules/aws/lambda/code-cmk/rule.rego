# METADATA
# title: "Encrypt the function's code and filters with a customer managed KMS key"
# description: >-
#   Lambda keeps a copy of the deployment package, or of what it makes of an image, encrypted with a key of AWS unless you
#   name one. Filters of an event source may hold names and ids of customers, too.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/encrypt-zip-package.html
# custom:
#   id: lambda-code-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.lambda.code
#   remediation:
#     terraform: >-
#       Name a customer managed key: `source_kms_key_arn` of a function from an archive, `kms_key_arn` of one
#       from an image and of an event source mapping. With `kms_key_arn` beside `source_kms_key_arn`, what
#       Lambda unpacks is encrypted with your key as well.
#     cloudformation: >-
#       Name a customer managed key: `Code.SourceKMSKeyArn`, `KmsKeyArn`. With `kms_key_arn` beside
#       `source_kms_key_arn`, what Lambda unpacks is encrypted with your key as well.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.lambda.code_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the copy of the code is not encrypted with a customer managed key"} if {
	input.package == "Zip"
	not input.image
	not key.is_customer(input.key)
}

deny contains {
	"path": "function_key",
	"message": "what Lambda makes of the image to run it is not encrypted with a customer managed key",
} if {
	is_image
	not key.is_customer(input.function_key)
}

deny contains {"path": "key", "message": "the filters are not encrypted with a customer managed key"} if {
	input.package == "Mapping"
	input.filters
	not key.is_customer(input.key)
}

deny contains {"path": "key", "message": "the disks of the instances are not encrypted with a customer managed key"} if {
	input.package == "Provider"
	not key.is_customer(input.key)
}

is_image if input.package == "Image"

is_image if input.image
