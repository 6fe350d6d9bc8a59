# METADATA
# title: "Encrypt EFS file systems"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. It cannot be added later without a
#   new file system. AWS default: Unencrypted when created by API or IaC (the console encrypts).
# custom:
#   id: efs-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.efs.file_system
#   remediation:
#     terraform: Set `encrypted = true`.
#     cloudformation: "Set `Encrypted: true`."
#   fix: { set: { encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["EFS.1", "EFS.8"], "cis_aws": ["v3.0/2.4.1", "v5.0/2.3.1", "v6.0/3.3.1"], "config": ["efs-encrypted-check", "efs-filesystem-ct-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_42"], "trivy": ["AWS-0037"], "cfn_nag": ["F32"], "cfn_guard": ["EFS_ENCRYPTED_CHECK"]}
package sealint.aws.efs.encrypted

deny contains {"path": "encrypted", "message": "the file system is not encrypted"} if {
	not input.encrypted
}
