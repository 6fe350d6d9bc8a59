# METADATA
# title: "Encrypt DocumentDB clusters"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. AWS default: false.
# custom:
#   id: docdb-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.docdb.cluster
#   remediation:
#     terraform: Set `storage_encrypted = true`.
#     cloudformation: "Set `StorageEncrypted: true`."
#   fix: { set: { storage_encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["DocumentDB.1"], "config": ["docdb-cluster-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_74", "CKV_AWS_292"], "trivy": ["AWS-0021"]}
package sealint.aws.docdb.encrypted

deny contains {"path": "storage_encrypted", "message": "the storage of the cluster is not encrypted"} if {
	not input.storage_encrypted
	not inherits
}

inherits if {
	input.inherits
	not input.stated
}
