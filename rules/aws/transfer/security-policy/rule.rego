# METADATA
# title: "Use a current Transfer Family security policy"
# description: >-
#   2018-11 and 2020-06 accept SHA-1 and old ciphers. AWS default: CloudFormation and Terraform:
#   TransferSecurityPolicy-2018-11; console, API and CLI: TransferSecurityPolicy-2024-01 or newer.
# custom:
#   id: transfer-security-policy
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.transfer.server
#   remediation:
#     terraform: Set `security_policy_name = "TransferSecurityPolicy-2024-01"`.
#     cloudformation: "Set `SecurityPolicyName: TransferSecurityPolicy-2024-01`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_380"]}
package sealint.aws.transfer.security_policy

accepted := {
	"TransferSecurityPolicy-2022-03",
	"TransferSecurityPolicy-2023-05",
	"TransferSecurityPolicy-2024-01",
	"TransferSecurityPolicy-2025-03",
	"TransferSecurityPolicy-FIPS-2023-05",
	"TransferSecurityPolicy-FIPS-2024-01",
	"TransferSecurityPolicy-FIPS-2024-05",
	"TransferSecurityPolicy-FIPS-2025-03",
	"TransferSecurityPolicy-Restricted-2024-06",
	"TransferSecurityPolicy-SshAuditCompliant-2025-02",
	"TransferSecurityPolicy-AS2Restricted-2025-07",
}

# Policies carry their date: those of 2022 and later are as good as the ones that are listed.
is_recent(name) if regex.match(`^Transfer(SFTPConnector)?SecurityPolicy-([A-Za-z0-9]+-)?20(2[2-9]|[3-9][0-9])-[0-9]{2}$`, name)

deny contains {"path": "security_policy_name", "message": message} if {
	value := input.security_policy_name
	not value in accepted
	not is_recent(value)
	message := sprintf("clients may use the old ciphers of the policy %v", [value])
}

deny contains {"path": "security_policy_name", "message": "clients may use old ciphers: no security policy is named"} if {
	input.server
	not input.security_policy_name
}
