# METADATA
# title: "Encrypt the block devices of spot and EC2 fleets"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: fleet-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.volume
#   remediation:
#     terraform: Set `encrypted = true` in `root_block_device` and each `ebs_block_device`.
#     cloudformation: "Set `Encrypted: true` in the `Ebs` of `BlockDeviceMappings`."
#   frameworks: {"fsbp": ["EC2.173"], "config": ["ec2-spot-fleet-request-ct-encryption-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.fleet_volumes_encrypted

import data.sealint.lib.volume

deny contains {"path": ["fleet_encrypted", i, "value"], "message": "a volume of the fleet is not encrypted"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, item in input.fleet_encrypted
	not item.value
	not is_of_encrypted_snapshot(input.fleet_snapshot[i])
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}

deny contains {"path": ["launch_specifications", i, "mapped"], "message": "nothing encrypts the root volume of these instances: it is as the image has it"} if {
	not volume.are_encrypted_by_default(input.account_encrypts)
	some i, specification in input.launch_specifications
	not specification.mapped
}
