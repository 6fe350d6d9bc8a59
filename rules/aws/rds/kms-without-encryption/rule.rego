# METADATA
# title: "Turn encryption on where a key is named"
# description: >-
#   A key alone encrypts nothing: the service refuses it or ignores it while the switch is off, and whoever wrote it
#   believes that the data is protected.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   id: rds-kms-without-encryption
#   severity: high
#   precision: high
#   profile: default
#   view: aws.rds.key_without_encryption
#   remediation:
#     terraform: >-
#       Turn encryption on beside the key: `storage_encrypted = true`, `encrypted = true`, `at_rest_encryption_enabled
#       = true` or a switch of the WorkSpace.
#     cloudformation: >-
#       Turn encryption on beside the key: `StorageEncrypted: true`, `Encrypted: true` or a switch of the WorkSpace.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.rds.kms_without_encryption

deny contains {"path": "encrypted", "message": "a key is named, but encryption is off: the key has no effect"} if {
	input.key
	not input.encrypted
	not input.encrypted_otherwise
	not input.inherits
}
