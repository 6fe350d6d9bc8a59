# METADATA
# title: "Encrypt data with enabled symmetric keys"
# description: >-
#   Services encrypt data with symmetric keys only. With an asymmetric or HMAC key, or one that is disabled, the
#   deployment fails, or what is stored cannot be read.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
# custom:
#   id: kms-key-spec-suits-use
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kms.data_key
#   remediation: >-
#     Name a key with `customer_master_key_spec = "SYMMETRIC_DEFAULT"` (Terraform), `KeySpec: SYMMETRIC_DEFAULT`
#     (CloudFormation), which is what a key has if nothing is said, and with `is_enabled`, `Enabled` true.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.key_spec_suits_use

deny contains {"path": "key", "message": message} if {
	input.key.spec != "SYMMETRIC_DEFAULT"
	message := sprintf("no service can encrypt data with a key of the kind %v", [input.key.spec])
}

deny contains {"path": "key", "message": "the key is disabled: nothing can be encrypted or read with it"} if {
	input.key.enabled == false
}
