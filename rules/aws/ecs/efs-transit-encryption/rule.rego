# METADATA
# title: "Encrypt EFS traffic of task volumes"
# description: >-
#   Tasks mount EFS in plain text unless the volume asks for TLS. IAM authorization and access points need it too.
# custom:
#   id: ecs-efs-transit-encryption
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ecs.task_definition
#   remediation:
#     terraform: Set `transit_encryption = "ENABLED"` in `efs_volume_configuration`.
#     cloudformation: "Set `TransitEncryption: ENABLED` in `EFSVolumeConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_97"], "trivy": ["AWS-0035"]}
package sealint.aws.ecs.efs_transit_encryption

deny contains {"path": ["efs_transit_encryption", i, "value"], "message": "the task mounts the file system without TLS"} if {
	some i, item in input.efs_transit_encryption
	item.value != "ENABLED"
}
