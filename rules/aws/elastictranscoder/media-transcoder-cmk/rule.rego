# METADATA
# title: "Encrypt transcoder output with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt transcoder output, can cut access off at once by disabling
#   the key, and see each use in CloudTrail. AWS default: bucket default.
# custom:
#   id: media-transcoder-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.elastictranscoder.pipeline
#   remediation: "Name a customer managed key: `aws_kms_key_arn`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.elastictranscoder.media_transcoder_cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "the transcoder's output is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
