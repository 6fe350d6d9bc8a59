# METADATA
# title: "Require SMB encryption at the gateway"
# description: >-
#   ClientSpecified lets old clients speak plain SMB. AWS default: MandatorySigning for new gateways,
#   ClientSpecified for older.
# custom:
#   id: storagegateway-smb-security
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.storagegateway.gateway
#   remediation: Set `smb_security_strategy = "MandatoryEncryption"`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.storagegateway.smb_security

accepted := {"MandatoryEncryption", "MandatoryEncryptionNoAes128"}

deny contains {"path": "smb_security_strategy", "message": message} if {
	value := input.smb_security_strategy
	not value in accepted
	message := sprintf("clients may reach the shares without encryption (%v)", [value])
}

deny contains {"path": "smb_security_strategy", "message": "clients may reach the shares without encryption"} if {
	speaks_smb
	not input.smb_security_strategy
}

speaks_smb if input.type == "FILE_FSX_SMB"

speaks_smb if input.smb_share

# All shares that can be seen may be of the other sort.
speaks_smb if {
	input.type == "FILE_S3"
	not input.nfs_share
}
