# METADATA
# title: "Do not offer plain FTP"
# description: >-
#   FTP has no encryption. AWS default: SFTP.
# custom:
#   id: transfer-no-ftp
#   severity: high
#   precision: high
#   profile: default
#   view: aws.transfer.server
#   remediation:
#     terraform: Offer only `SFTP` or `FTPS` in `protocols`.
#     cloudformation: Offer only `SFTP` or `FTPS` in `Protocols`.
#   frameworks: {"fsbp": ["Transfer.2"], "config": ["transfer-family-server-no-ftp"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_357"]}
package sealint.aws.transfer.no_ftp

refused := {"FTP"}

deny contains {"path": "protocols", "message": message} if {
	some value in input.protocols
	value in refused
	message := sprintf("the server offers %v, which sends passwords and files in plain text", [value])
}
