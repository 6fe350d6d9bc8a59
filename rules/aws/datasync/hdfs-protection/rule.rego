# METADATA
# title: "Protect HDFS traffic of DataSync"
# description: >-
#   RPC and data transfer protection should be PRIVACY. AWS default: PRIVACY when the block is absent.
# custom:
#   id: datasync-hdfs-protection
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.datasync.location_efs
#   remediation:
#     terraform: Set `rpc_protection` and `data_transfer_protection` in `qop_configuration` to `PRIVACY`.
#     cloudformation: Set `RpcProtection` and `DataTransferProtection` in `QopConfiguration` to `PRIVACY`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.datasync.hdfs_protection

accepted := {"PRIVACY"}

deny contains {"path": ["rpc_protection", i, "value"], "message": message} if {
	some i, item in input.rpc_protection
	value := item.value
	not value in accepted
	message := sprintf("Hadoop is asked over %v, which does not encrypt", [value])
}

deny contains {"path": ["data_transfer_protection", i, "value"], "message": message} if {
	some i, item in input.data_transfer_protection
	value := item.value
	not value in accepted
	message := sprintf("blocks of Hadoop are read over %v, which does not encrypt", [value])
}
