# METADATA
# title: "Encrypt WorkSpaces volumes"
# description: >-
#   Cannot be changed after creation. AWS default: false.
# custom:
#   id: workspaces-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.workspaces.workspace
#   remediation: >-
#     Encrypt WorkSpaces volumes: `root_volume_encryption_enabled = true` (Terraform),
#     `RootVolumeEncryptionEnabled = true` (CloudFormation).
#   fix: { set: { root_volume_encryption_enabled: true }, safe: false }
#   frameworks: {"fsbp": ["WorkSpaces.1", "WorkSpaces.2"], "config": ["workspaces-root-volume-encryption-enabled", "workspaces-user-volume-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_155", "CKV_AWS_156"], "trivy": ["AWS-0109"], "cfn_nag": ["F29"], "cfn_guard": ["WORKSPACE_ENCRYPTION_ENABLED"]}
package sealint.aws.workspaces.volumes_encrypted

deny contains {"path": "root_volume_encryption_enabled", "message": "`root_volume_encryption_enabled` is not turned on"} if {
	not input.root_volume_encryption_enabled
}
