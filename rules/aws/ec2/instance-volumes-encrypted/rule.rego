# METADATA
# title: "Encrypt the block devices of instances"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: ec2-instance-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.volume
#   remediation:
#     terraform: Set `encrypted = true` in `root_block_device` and each `ebs_block_device`.
#     cloudformation: "Set `Encrypted: true` in the `Ebs` of `BlockDeviceMappings`."
#   frameworks: {"fsbp": ["EC2.3"], "config": ["encrypted-volumes"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_8"], "trivy": ["AWS-0131"]}
package sealint.aws.ec2.instance_volumes_encrypted

import data.sealint.lib.volume

deny contains {"path": ["root_encrypted", i, "value"], "message": "the root volume of the instance is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.root_encrypted
	not item.value
	not leaves_root_to_template
}

leaves_root_to_template if {
	input.template
	not input.root_stated
}

deny contains {"path": ["additional_encrypted", i, "value"], "message": "an additional volume of the instance is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.additional_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.additional_snapshot[i])
}

deny contains {"path": ["mapped_encrypted", i, "value"], "message": "a volume of the instance is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.mapped_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.mapped_snapshot[i])
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}

deny contains {"path": "mapped", "message": "nothing encrypts the root volume of the instance: it is as the image has it"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	not input.mapped
	not input.template
}
