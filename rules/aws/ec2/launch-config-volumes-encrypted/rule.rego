# METADATA
# title: "Encrypt the block devices of launch configurations"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: launch-config-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.launch_configuration
#   remediation:
#     terraform: Set `encrypted = true` in `root_block_device` and each `ebs_block_device`.
#     cloudformation: "Set `Encrypted: true` in the `Ebs` of `BlockDeviceMappings`."
#   frameworks: {"config": ["encrypted-volumes"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_8"], "trivy": ["AWS-0008", "AWS-0122"]}
package sealint.aws.ec2.launch_config_volumes_encrypted

import data.sealint.lib.volume

deny contains {"path": ["root_encrypted", i, "value"], "message": "the root volume of launched instances is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.root_encrypted
	not item.value
}

deny contains {"path": ["additional_encrypted", i, "value"], "message": "a volume of launched instances is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.additional_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.additional_snapshot[i])
	not input.additional_left_out[i].value
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}

deny contains {"path": "mapped", "message": "nothing encrypts the root volume of launched instances: it is as the image has it"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	not input.mapped
}
