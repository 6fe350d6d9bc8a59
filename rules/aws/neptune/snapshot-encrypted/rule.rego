# METADATA
# title: "Snapshot only encrypted Neptune clusters"
# description: >-
#   A snapshot is encrypted as its cluster is, so one of an unencrypted cluster is the whole graph in plain form.
# related_resources:
#   - https://docs.aws.amazon.com/neptune/latest/userguide/encrypt.html
# custom:
#   id: neptune-snapshot-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.neptune.snapshot
#   remediation: Set `storage_encrypted = true` on the cluster. It forces a new cluster.
#   frameworks: {"fsbp": ["Neptune.6"], "config": ["neptune-cluster-snapshot-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_279", "CKV_AWS_280"]}
package sealint.aws.neptune.snapshot_encrypted

deny contains {"path": "cluster", "message": "the snapshot is of a cluster that is not encrypted"} if {
	input.cluster.storage_encrypted == false
	not input.cluster.inherits
}
