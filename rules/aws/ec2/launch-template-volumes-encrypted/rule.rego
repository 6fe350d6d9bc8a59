# METADATA
# title: "Encrypt the block devices of launch templates"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: launch-template-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.volume
#   remediation:
#     terraform: Set `encrypted = true` in the `ebs` of `block_device_mappings`.
#     cloudformation: "Set `Encrypted: true` in the `Ebs` of `BlockDeviceMappings`."
#   frameworks: {"fsbp": ["EC2.181"], "config": ["ec2-launch-templates-ebs-volume-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.launch_template_volumes_encrypted

import data.sealint.lib.volume

deny contains {"path": ["template_mapped_encrypted", i, "value"], "message": "a volume of launched instances is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.template_mapped_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.template_mapped_snapshot[i])
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}

deny contains {"path": "template_mapped", "message": "nothing encrypts the volumes of launched instances: they are as the image has them"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	not input.template_mapped
}
