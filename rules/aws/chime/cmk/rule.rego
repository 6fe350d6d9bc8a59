# METADATA
# title: "Encrypt Chime voice profiles and call analytics with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Chime voice profiles and call analytics, can cut access off
#   at once by disabling the key, and see each use in CloudTrail. AWS default: required / bucket default.
# custom:
#   id: chime-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.chime.chimesdkvoice_voice_profile_domain
#   remediation: >-
#     Name a customer managed key: `kms_key_arn` in `server_side_encryption_configuration` of a voice profile domain,
#     `output_encryption_kms_key_id` in `post_call_analytics_settings` of a pipeline.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.chime.cmk

import data.sealint.lib.key

deny contains {"path": ["key", i, "value"], "message": message} if {
	some i, item in input.key
	not key.is_customer(item.value)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
