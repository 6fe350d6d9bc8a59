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
#     Add a condition on aws:SourceArn or aws:SourceAccount to the statement of the service, for CloudWatch Logs one on
#     kms:EncryptionContext:aws:logs:arn. Remove a service that works with its caller's permissions, and name its callers
#     with a condition on kms:ViaService.
package sealint.aws.kms.key_policy_confused_deputy

ids := {"KP07", "KP08", "KP48", "KP51", "KP52"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
	not works_for_its_caller(finding)
}

# Nobody can make a service use the key as itself (KP07) that only ever uses it as its caller (KP52).
works_for_its_caller(finding) if {
	finding.id == "KP07"
	some other in input.policy.findings
	other.id == "KP52"
	other.statement == finding.statement
	other.principal == finding.principal
}
