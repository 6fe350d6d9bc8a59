# METADATA
# title: "Encrypt DAX clusters at rest"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. AWS default: false.
# custom:
#   id: dax-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.dax.cluster
#   remediation:
#     terraform: Set `enabled = true` in `server_side_encryption`.
#     cloudformation: "Set `SSEEnabled: true` in `SSESpecification`."
#   frameworks: {"fsbp": ["DynamoDB.3"], "config": ["dax-encryption-enabled"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_47"], "trivy": ["AWS-0023"], "cfn_nag": ["W83"], "cfn_guard": ["DAX_ENCRYPTION_ENABLED"]}
package sealint.aws.dax.encrypted

deny contains {"path": ["enabled", i, "value"], "message": "the cache is not encrypted at rest"} if {
	some i, item in input.enabled
	not item.value
}
