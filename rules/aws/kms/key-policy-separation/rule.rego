# METADATA
# title: "Separate those who administer a key from those who use it"
# description: >-
#   Who may change the policy or create grants can give themselves decryption. Administration and use
#   belong to different principals, and grants to AWS resources only. AWS default: no policy.
# custom:
#   id: kms-key-policy-separation
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.kms.key
#   remediation: >-
#     Split the statements, and add kms:GrantIsForAWSResource to statements that allow kms:CreateGrant.
package sealint.aws.kms.key_policy_separation

ids := {"KP06", "KP11", "KP12", "KP13", "KP14", "KP18", "KP19", "KP29", "KP49"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
	not is_said(finding)
}

# Whoever may do everything to a key (KP06) uses and administers it (KP11), and need not give itself use (KP12).
says := {"KP11": {"KP06"}, "KP12": {"KP06", "KP11"}, "KP13": {"KP06"}, "KP18": {"KP06"}}

is_said(finding) if {
	some other in input.policy.findings
	other.id in says[finding.id]
	other.principal == finding.principal
}
