# METADATA
# title: "Encrypt sensitive form fields at the edge"
# description: >-
#   Field-level encryption hides fields from all but the holder of the private key.
# custom:
#   id: cloudfront-field-encryption
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: "Name a profile: `field_level_encryption_id` of the cache behaviour."
#     cloudformation: "Name a profile: `FieldLevelEncryptionId` of the cache behaviour."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.cloudfront.field_encryption

deny contains {"path": ["field_level_encryption", i, "value"], "message": "form fields reach the origin as they were sent"} if {
	some i, item in input.field_level_encryption
	not item.value
}

deny contains {"path": ["other_field_level_encryption", i, "value"], "message": "form fields reach the origin as they were sent"} if {
	some i, item in input.other_field_level_encryption
	not item.value
}
