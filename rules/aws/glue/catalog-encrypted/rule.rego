# METADATA
# title: "Encrypt the Glue catalog and connection passwords"
# description: >-
#   The catalog holds the schemas of all tables and the passwords of connections. Unless they are encrypted, whoever
#   may call GetConnection reads the passwords.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html
# custom:
#   id: glue-catalog-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.glue.data_catalog_encryption_settings
#   remediation:
#     terraform: >-
#       Set `catalog_encryption_mode = "SSE-KMS"` in `encryption_at_rest` and
#       `return_connection_password_encrypted = true` in `connection_password_encryption`, each with a key.
#     cloudformation: >-
#       Set `CatalogEncryptionMode: SSE-KMS` in `EncryptionAtRest` and `ReturnConnectionPasswordEncrypted:
#       true` in `ConnectionPasswordEncryption`, each with a key.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_94"]}
package sealint.aws.glue.catalog_encrypted

deny contains {"path": "mode", "message": "the catalog is not encrypted: names, schemas and locations of tables can be read without a key"} if {
	not startswith(input.mode, "SSE-KMS")
}

deny contains {"path": "passwords_encrypted", "message": "Glue returns the passwords of connections in plain text"} if {
	not input.passwords_encrypted
}
