# METADATA
# title: "Name the principals that may use the key"
# description: >-
#   A wildcard principal without a narrowing condition opens the key to the world.
# custom:
#   id: kms-key-policy-public
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.kms.key
#   remediation: >-
#     Name the roles that use the key, or narrow the statement with kms:CallerAccount or
#     aws:PrincipalOrgID.
#   frameworks: {"fsbp": ["KMS.5"], "config": ["kms-key-policy-no-public-access"], "nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_33"], "cfn_nag": ["F76"], "regula": ["FG_R00252"], "cfn_guard": ["KMS_NO_WILDCARD_PRINCIPAL"]}
package sealint.aws.kms.key_policy_public

ids := {"KP01", "KP02", "KP03", "KP04", "KP36", "KP37", "KP38", "KP46", "KP53"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
