# METADATA
# title: "Encrypt volumes in image recipes"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: imagebuilder-volumes-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ec2.image_recipe
#   remediation:
#     terraform: Set `encrypted = true` in the `ebs` of `block_device_mapping`.
#     cloudformation: "Set `Encrypted: true` in the `Ebs` of `BlockDeviceMappings`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_200"]}
package sealint.aws.ec2.imagebuilder_volumes_encrypted

deny contains {"path": ["encrypted", i, "value"], "message": "a volume of the image is not encrypted"} if {
	some i, item in input.encrypted
	not item.value
	not is_of_encrypted_snapshot(input.snapshot[i])
}

# Of a snapshot that is not known at all only this is told apart.
is_of_encrypted_snapshot(snapshot) if snapshot.value == "encrypted"

is_of_encrypted_snapshot(snapshot) if {
	is_array(snapshot.value)
	snapshot.value[_].encrypted
}
