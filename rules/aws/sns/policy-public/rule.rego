# METADATA
# title: "Keep the topic policy from opening to everyone"
# description: >-
#   A wildcard principal or NotPrincipal without a narrowing condition opens it: anyone can publish to or
#   subscribe to the topic. AWS default: only the owner has access.
# custom:
#   id: sns-policy-public
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sns.topic_policy
#   remediation: >-
#     Name the principals, or narrow the statement with aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.
#   frameworks: {"fsbp": ["SNS.4"], "config": ["sns-topic-no-public-access"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_169"], "cfn_nag": ["F8", "F18"], "cfn_guard": ["SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL", "SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL"]}
package sealint.aws.sns.policy_public

ids := {"BP20", "BP22"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
