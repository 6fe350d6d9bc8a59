# METADATA
# title: "Say who may assume a role"
# description: >-
#   Whoever assumes a role has its permissions on keys and data. A wildcard, a public identity provider
#   without a condition on the subject, or another account without any condition leave open who that is.
#   AWS default: no policy.
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
# custom:
#   id: iam-role-trust
#   severity: high
#   precision: high
#   profile: default
#   view: aws.iam.trust
#   remediation: >-
#     Name the principals, and add conditions: the subject of the token, sts:ExternalId, aws:PrincipalOrgID.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-6"], "pci-dss-v4": ["7.2.2"], "hipaa": ["164.312(a)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_60", "CKV_AWS_358"]}
package sealint.aws.iam.role_trust

ids := {"TR01", "TR02", "TR03"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
