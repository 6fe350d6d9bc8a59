# METADATA
# title: "Encrypt WorkSpaces volumes"
# description: >-
#   A WorkSpace keeps the system on one volume and what the user saves on another. Encryption can only be chosen when
#   it is made.
# custom:
#   id: workspaces-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.workspaces.workspace
#   remediation:
#     terraform: >-
#       Set `root_volume_encryption_enabled` and `user_volume_encryption_enabled` to true. Both force a new
#       WorkSpace.
#     cloudformation: Set `RootVolumeEncryptionEnabled` and `UserVolumeEncryptionEnabled`. Both force a new WorkSpace.
#   fix: { set: { root_encrypted: true, user_encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["WorkSpaces.1", "WorkSpaces.2"], "config": ["workspaces-root-volume-encryption-enabled", "workspaces-user-volume-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_155", "CKV_AWS_156"], "trivy": ["AWS-0109"], "cfn_nag": ["F29"], "cfn_guard": ["WORKSPACE_ENCRYPTION_ENABLED"]}
package sealint.aws.workspaces.volumes_encrypted

deny contains {"path": "root_encrypted", "message": "the root volume is not encrypted"} if {
	not input.root_encrypted
}

deny contains {"path": "user_encrypted", "message": "the volume with the user's files is not encrypted"} if {
	not input.user_encrypted
}
