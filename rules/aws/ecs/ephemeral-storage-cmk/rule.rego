# METADATA
# title: "Encrypt Fargate ephemeral storage and managed volumes with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt Fargate ephemeral storage and managed volumes, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: AWS owned key.
# custom:
#   id: ecs-ephemeral-storage-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.ecs.cluster
#   remediation:
#     terraform: >-
#       Name a customer managed key: `fargate_ephemeral_storage_kms_key_id` and `kms_key_id` in
#       `configuration.managed_storage_configuration` of a cluster, `kms_key_id` in `managed_ebs_volume` of a service.
#     cloudformation: >-
#       Name a customer managed key: `FargateEphemeralStorageKmsKeyId` and `KmsKeyId` in
#       `Configuration.ManagedStorageConfiguration` of a cluster, `KmsKeyId` in `ManagedEBSVolume` of a service.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ecs.ephemeral_storage_cmk

import data.sealint.lib.key

deny contains {"path": ["task_storage_key", i, "value"], "message": "the ephemeral storage of Fargate tasks is not encrypted with a customer managed key"} if {
	some i, item in input.task_storage_key
	not key.is_customer(item.value)
}

deny contains {"path": ["cluster_storage_key", i, "value"], "message": "the managed storage of the cluster is not encrypted with a customer managed key"} if {
	some i, item in input.cluster_storage_key
	not key.is_customer(item.value)
}

deny contains {"path": ["managed_volume_key", i, "value"], "message": "the managed volume of the tasks is not encrypted with a customer managed key"} if {
	some i, item in input.managed_volume_key
	not key.is_customer(item.value)
}
