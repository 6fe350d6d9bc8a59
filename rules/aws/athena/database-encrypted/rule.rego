# METADATA
# title: "Encrypt Athena databases"
# description: >-
#   The setting covers results of the statements that make the database. AWS default: Default of the
#   bucket.
# custom:
#   id: athena-database-encrypted
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.athena.database
#   remediation: Set `encryption_option` in `encryption_configuration` to `SSE_KMS` with a `kms_key`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_77"], "trivy": ["AWS-0006"]}
package sealint.aws.athena.database_encrypted

deny contains {"path": ["encryption_option", i, "value"], "message": "results in the database are not encrypted on their own"} if {
	some i, item in input.encryption_option
	not item.value
}
