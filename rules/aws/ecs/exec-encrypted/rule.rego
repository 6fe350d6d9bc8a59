# METADATA
# title: "Encrypt ECS Exec sessions and their logs"
# description: >-
#   Sessions and logs use no own key unless set. AWS default: TLS only; logs to the awslogs group.
# custom:
#   id: ecs-exec-encrypted
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.ecs.cluster
#   remediation: >-
#     Encrypt ECS Exec sessions and their logs.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_224"]}
package sealint.aws.ecs.exec_encrypted

import data.sealint.lib.key

deny contains {"path": ["kms_key_id", i, "value"], "message": "the cluster is not encrypted with a customer managed key"} if {
	some i, item in input.kms_key_id
	not key.is_customer(item.value)
}
