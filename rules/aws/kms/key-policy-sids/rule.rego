# METADATA
# title: "Give each statement of a key policy a Sid of its own"
# description: >-
#   KMS asks for no Sid, but whoever reviews the policy, or waives a finding, has nothing else to refer to.
#   AWS default: no Sid.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
# custom:
#   id: kms-key-policy-sids
#   severity: info
#   precision: very-high
#   profile: strict
#   view: aws.kms.key
#   remediation: >-
#     Name each statement with a `Sid` that no other has.
package sealint.aws.kms.key_policy_sids

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id == "KP45"
}
