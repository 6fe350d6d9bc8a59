# METADATA
# title: "Encrypt AMI block devices and AMI copies"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: ami-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ec2.ebs_snapshot_copy
#   remediation: Set `encrypted = true` in each `ebs_block_device` of an `aws_ami`, and on an `aws_ami_copy`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_204", "CKV_AWS_235"]}
package sealint.aws.ec2.ami_encrypted

deny contains {"path": ["image_encrypted", i, "value"], "message": "a volume of the image is not encrypted"} if {
	some i, item in input.image_encrypted
	not item.value
}

deny contains {"path": ["volume_encrypted", i, "value"], "message": "a volume of the image is not encrypted"} if {
	some i, item in input.volume_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.volume_snapshot[i])
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}
