# METADATA
# title: "Block public secret policies"
# description: >-
#   A wildcard principal without a narrowing condition lets anyone read the secret whose own administrator
#   allows it. AWS default: no policy.
# custom:
#   id: secretsmanager-policy-not-public
#   severity: high
#   precision: high
#   profile: default
#   view: aws.secretsmanager.secret_policy
#   remediation: >-
#     Name the principals, or narrow the statement with aws:PrincipalOrgID.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
package sealint.aws.secretsmanager.policy_not_public

ids := {"BP20", "BP22"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
