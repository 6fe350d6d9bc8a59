# METADATA
# title: "Bind service principals in key policies to their source"
# description: >-
#   A service acts for every AWS account. Without aws:SourceAccount or aws:SourceArn anyone can make the
#   service use your key for them (confused deputy). AWS default: no policy.
# custom:
#   id: kms-key-policy-confused-deputy
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kms.key
#   remediation: >-
#     Add a condition on aws:SourceArn or aws:SourceAccount to the statement of the service.
package sealint.aws.kms.key_policy_confused_deputy

ids := {"KP07", "KP08", "KP48", "KP51", "KP52"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
