# METADATA
# title: "Do not ask for rotation of keys that cannot rotate"
# description: >-
#   KMS rejects automatic rotation for asymmetric, HMAC, imported and custom-store keys.
# custom:
#   id: kms-key-rotation-unsupported
#   severity: low
#   precision: very-high
#   profile: default
#   view: aws.kms.key
#   remediation:
#     terraform: Remove `enable_key_rotation`, or use a symmetric key.
#     cloudformation: Remove `EnableKeyRotation`, or use a symmetric key.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.key_rotation_unsupported

cannot contains sprintf("keys of spec %v cannot rotate", [input.spec]) if input.spec != "SYMMETRIC_DEFAULT"

cannot contains sprintf("keys of origin %v cannot rotate by schedule", [input.origin]) if {
	not input.origin in {"AWS_KMS", "EXTERNAL"}
}

cannot contains "keys in a custom key store cannot rotate" if input.custom_key_store

deny contains {"path": "rotation", "message": concat("; ", sort(cannot))} if {
	input.rotation
	count(cannot) > 0
}
