# METADATA
# title: "Keep repositories private"
# description: >-
#   A wildcard principal in the repository policy lets anyone pull the images, with all settings in them. AWS
#   default: only the owner has access.
# custom:
#   id: ecr-policy-public
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ecr.repository_policy
#   remediation: >-
#     Name the accounts, or narrow the statement with aws:PrincipalOrgID.
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_32"], "trivy": ["AWS-0032"]}
package sealint.aws.ecr.policy_public

ids := {"BP20", "BP22"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
