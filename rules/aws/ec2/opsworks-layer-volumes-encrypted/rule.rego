# METADATA
# title: "Encrypt volumes of OpsWorks layers"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: opsworks-layer-volumes-encrypted
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ec2.layer
#   remediation:
#     terraform: Set `encrypted = true` in `ebs_volume`.
#     cloudformation: "Set `Encrypted: true` in `VolumeConfigurations`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.opsworks_layer_volumes_encrypted

deny contains {"path": ["encrypted", i, "value"], "message": "volumes of the layer are not encrypted"} if {
	some i, item in input.encrypted
	not item.value
}
