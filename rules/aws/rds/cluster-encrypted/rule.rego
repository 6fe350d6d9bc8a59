# METADATA
# title: "Encrypt Aurora and Multi-AZ clusters"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. A cluster cannot be encrypted after
#   creation. AWS default: Aurora: every cluster made since 18 February 2026 is encrypted, by default
#   with an AWS owned key; older Aurora clusters and Multi-AZ (non-Aurora) clusters: unencrypted.
#   Terraform default true only for engine_mode serverless.
# custom:
#   id: rds-cluster-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation:
#     terraform: Set `storage_encrypted = true`.
#     cloudformation: "Set `StorageEncrypted: true`."
#   frameworks: {"fsbp": ["RDS.27"], "config": ["rds-cluster-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_96"], "trivy": ["AWS-0079"], "cfn_nag": ["F26"], "cfn_guard": ["RDS_STORAGE_ENCRYPTED"]}
package sealint.aws.rds.cluster_encrypted

deny contains {"path": "cluster_encrypted", "message": message} if {
	not input.cluster_encrypted
	not inherits
	input.engine_mode != "serverless"
}

default message := "the cluster is stored unencrypted, and so are its snapshots and backups"

# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
message := "no encryption is asked for: Aurora stores clusters from before 18 February 2026 unencrypted, newer ones under a key that AWS owns" if {
	startswith(lower(input.cluster_engine), "aurora")
}

inherits if {
	input.inherits
	not input.stated
}
