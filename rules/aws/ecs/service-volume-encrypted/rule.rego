# METADATA
# title: "Encrypt managed volumes of services"
# description: >-
#   Plain by default like other EBS volumes. AWS default: Terraform: true; CloudFormation: account
#   default.
# custom:
#   id: ecs-service-volume-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ecs.cluster
#   remediation:
#     terraform: Set `encrypted = true` in `volume_configuration.managed_ebs_volume`.
#     cloudformation: "Set `Encrypted: true` in `VolumeConfigurations.ManagedEBSVolume`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ecs.service_volume_encrypted

deny contains {"path": ["encrypted", i, "value"], "message": "the managed volume is not encrypted"} if {
	some i, item in input.encrypted
	not item.value
}
