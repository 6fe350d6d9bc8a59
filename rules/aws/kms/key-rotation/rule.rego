# METADATA
# title: "Turn on yearly rotation of symmetric customer keys"
# description: >-
#   Automatic rotation makes new key material on a schedule without re-encrypting data or changing the
#   key id. AWS default: Off for customer managed keys; AWS managed keys rotate every year.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
# custom:
#   id: kms-key-rotation
#   severity: medium
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Set `enable_key_rotation = true`.
#     cloudformation: "Set `EnableKeyRotation: true`."
#   fix: { set: { rotation: true }, safe: true }
#   frameworks: {"fsbp": ["KMS.4"], "cis_aws": ["v1.4/3.8", "v3.0/3.6", "v5.0/3.6", "v6.0/4.6"], "config": ["cmk-backing-key-rotation-enabled"], "nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_7"], "trivy": ["AWS-0065"], "cfn_nag": ["F19"], "regula": ["FG_R00036"], "cfn_guard": ["CMK_BACKING_KEY_ROTATION_ENABLED"]}
package sealint.aws.kms.key_rotation

# Only symmetric keys with material that KMS made can rotate: not asymmetric, HMAC and imported keys, nor custom key stores.
rotates if {
	input.spec == "SYMMETRIC_DEFAULT"
	input.usage == "ENCRYPT_DECRYPT"
	input.origin == "AWS_KMS"
	not input.custom_key_store
}

deny contains {"path": "rotation", "message": "the key does not rotate"} if {
	rotates
	not input.rotation
}
