# METADATA
# title: "Encrypt RDS instances"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. An existing instance must be
#   restored from an encrypted snapshot. AWS default: Unencrypted by API and IaC (the console encrypts).
# custom:
#   id: rds-instance-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation:
#     terraform: Set `storage_encrypted = true`.
#     cloudformation: "Set `StorageEncrypted: true`."
#   fix: { set: { storage_encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["RDS.3"], "cis_aws": ["v3.0/2.3.1", "v5.0/2.2.1", "v6.0/3.2.1"], "config": ["rds-storage-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_16"], "trivy": ["AWS-0080"], "cfn_nag": ["F27"], "regula": ["FG_R00093"], "cfn_guard": ["RDS_STORAGE_ENCRYPTED"]}
package sealint.aws.rds.instance_encrypted

deny contains {"path": "storage_encrypted", "message": "the database is stored unencrypted, and so are its snapshots and backups"} if {
	not input.storage_encrypted
	not input.member
	not inherits
}

inherits if {
	input.inherits
	not input.stated
}
