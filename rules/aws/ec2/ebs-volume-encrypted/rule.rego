# METADATA
# title: "Encrypt EBS volumes"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: ebs-volume-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.volume
#   remediation:
#     terraform: Set `encrypted = true`.
#     cloudformation: "Set `Encrypted: true`."
#   fix: { set: { encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["EC2.3"], "config": ["encrypted-volumes"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_3", "CKV2_AWS_2"], "trivy": ["AWS-0026"], "cfn_nag": ["F1"], "regula": ["FG_R00016"], "cfn_guard": ["ENCRYPTED_VOLUMES"]}
package sealint.aws.ec2.ebs_volume_encrypted

import data.sealint.lib.volume

deny contains {"path": "encrypted", "message": "the volume is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	not input.encrypted
	not is_of_encrypted_snapshot
}

is_of_encrypted_snapshot if input.source.encrypted

is_of_encrypted_snapshot if {
	input.snapshot
	not input.source.encrypted == false
	may_be_encrypted
}

# Of a snapshot that is not known at all only this is told apart.
may_be_encrypted if input.snapshots == "encrypted"

may_be_encrypted if {
	is_array(input.snapshots)
	input.snapshots[_].encrypted
}
