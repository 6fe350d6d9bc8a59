# METADATA
# title: "Encrypt EFS traffic of task volumes"
# description: >-
#   transit_encryption ENABLED makes the task mount EFS through TLS; IAM authorization and access points
#   need it too. AWS default: DISABLED.
# custom:
#   id: ecs-efs-transit-encryption
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ecs.task_definition
#   remediation: >-
#     Encrypt EFS traffic of task volumes: `volume.efs_volume_configuration.transit_encryption = ENABLED`
#     (Terraform), `Volumes.EFSVolumeConfiguration.TransitEncryption = ENABLED` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_97"], "trivy": ["AWS-0035"]}
package sealint.aws.ecs.efs_transit_encryption

accepted := {"ENABLED"}

deny contains {"path": ["transit_encryption", i, "value"], "message": message} if {
	some i, item in input.transit_encryption
	value := item.value
	not value in accepted
	message := sprintf("`transit_encryption` is %v, which is not accepted", [value])
}

deny contains {"path": ["transit_encryption", i, "value"], "message": "`transit_encryption` is not set"} if {
	some i, item in input.transit_encryption
	not item.value
}

deny contains {"path": ["efs_volume_configuration_transit_encryption", i, "value"], "message": message} if {
	some i, item in input.efs_volume_configuration_transit_encryption
	value := item.value
	not value in accepted
	message := sprintf("`efs_volume_configuration_transit_encryption` is %v, which is not accepted", [value])
}

deny contains {"path": ["efs_volume_configuration_transit_encryption", i, "value"], "message": "`efs_volume_configuration_transit_encryption` is not set"} if {
	some i, item in input.efs_volume_configuration_transit_encryption
	not item.value
}

deny contains {"path": ["volumes_efs_volume_configuration_transit_encryption", i, "value"], "message": message} if {
	some i, item in input.volumes_efs_volume_configuration_transit_encryption
	value := item.value
	not value in accepted
	message := sprintf("`volumes_efs_volume_configuration_transit_encryption` is %v, which is not accepted", [value])
}

deny contains {"path": ["volumes_efs_volume_configuration_transit_encryption", i, "value"], "message": "`volumes_efs_volume_configuration_transit_encryption` is not set"} if {
	some i, item in input.volumes_efs_volume_configuration_transit_encryption
	not item.value
}

deny contains {"path": ["task_properties_volumes_efs_volume_configuration_transit_encryption", i, "value"], "message": message} if {
	some i, item in input.task_properties_volumes_efs_volume_configuration_transit_encryption
	value := item.value
	not value in accepted
	message := sprintf("`task_properties_volumes_efs_volume_configuration_transit_encryption` is %v, which is not accepted", [value])
}

deny contains {"path": ["task_properties_volumes_efs_volume_configuration_transit_encryption", i, "value"], "message": "`task_properties_volumes_efs_volume_configuration_transit_encryption` is not set"} if {
	some i, item in input.task_properties_volumes_efs_volume_configuration_transit_encryption
	not item.value
}
