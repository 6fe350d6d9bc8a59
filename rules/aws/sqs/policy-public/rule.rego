# METADATA
# title: "Keep the queue policy from opening to everyone"
# description: >-
#   A wildcard principal or NotPrincipal without a narrowing condition opens it: anyone can read or inject
#   messages. AWS default: only the owner has access.
# custom:
#   id: sqs-policy-public
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sqs.queue_policy
#   remediation: >-
#     Name the principals, or narrow the statement with aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn.
#   frameworks: {"fsbp": ["SQS.3"], "config": ["sqs-queue-no-public-access"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_168", "CKV_AWS_387"], "trivy": ["AWS-0097"], "cfn_nag": ["F7", "F21"], "cfn_guard": ["SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL", "SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL"]}
package sealint.aws.sqs.policy_public

ids := {"BP20", "BP22"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
