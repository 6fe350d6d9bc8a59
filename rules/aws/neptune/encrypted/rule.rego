# METADATA
# title: "Encrypt Neptune clusters"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. AWS default: false in Terraform;
#   CloudFormation takes true when a key is given.
# custom:
#   id: neptune-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.neptune.cluster
#   remediation:
#     terraform: Set `storage_encrypted = true`.
#     cloudformation: "Set `StorageEncrypted: true`."
#   fix: { set: { storage_encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["Neptune.1"], "config": ["neptune-cluster-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_44"], "trivy": ["AWS-0076"], "cfn_nag": ["F30"]}
package sealint.aws.neptune.encrypted

deny contains {"path": "storage_encrypted", "message": "the storage of the cluster is not encrypted"} if {
	not input.storage_encrypted
	not inherits
}

inherits if {
	input.inherits
	not input.stated
}
