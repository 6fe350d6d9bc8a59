# METADATA
# title: "Encrypt DataSync traffic to EFS and object stores"
# description: >-
#   DataSync mounts EFS without TLS unless asked; object stores can be set to HTTP. AWS default: EFS:
#   NONE. Object storage: HTTPS.
# custom:
#   id: datasync-transit-encryption
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.datasync.location_efs
#   remediation:
#     terraform: Set `in_transit_encryption = "TLS1_2"`.
#     cloudformation: "Set `InTransitEncryption: TLS1_2`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.datasync.transit_encryption

deny contains {"path": "in_transit", "message": message} if {
	not input.in_transit in {"TLS1_2", "HTTPS"}
	message := sprintf("DataSync reaches the location in plain text (%v)", [input.in_transit])
}
