# METADATA
# title: "Encrypt snapshot copies and imports"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default: A copy
#   of an unencrypted snapshot stays unencrypted; copies of encrypted ones stay encrypted.
# custom:
#   id: ebs-snapshot-copy-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.ebs_snapshot_copy
#   remediation: Set `encrypted = true`.
#   fix: { set: { encrypted: true }, safe: false }
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_183"]}
package sealint.aws.ec2.ebs_snapshot_copy_encrypted

deny contains {"path": "encrypted", "message": "the snapshot is not encrypted"} if {
	not input.encrypted
	not input.source.encrypted
}
