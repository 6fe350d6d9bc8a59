# METADATA
# title: "Encrypt the Glue catalog and connection passwords"
# description: >-
#   Connection passwords are returned in clear otherwise. AWS default: DISABLED; passwords not
#   encrypted.
# custom:
#   id: glue-catalog-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.glue.data_catalog_encryption_settings
#   remediation: >-
#     Encrypt the Glue catalog and connection passwords:
#     `data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode = SSE-KMS` (Terraform),
#     `DataCatalogEncryptionSettings.EncryptionAtRest.CatalogEncryptionMode = SSE-KMS` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_94"]}
package sealint.aws.glue.catalog_encrypted

accepted := {"SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"}

deny contains {"path": ["catalog_encryption_mode", i, "value"], "message": message} if {
	some i, item in input.catalog_encryption_mode
	value := item.value
	not value in accepted
	message := sprintf("`catalog_encryption_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["catalog_encryption_mode", i, "value"], "message": "`catalog_encryption_mode` is not set"} if {
	some i, item in input.catalog_encryption_mode
	not item.value
}
