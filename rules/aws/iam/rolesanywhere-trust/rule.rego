# METADATA
# title: "Bind roles for certificates to their trust anchor"
# description: >-
#   Without a condition any certificate of any trust anchor of the account gets the credentials of the
#   role. AWS default: no policy.
# related_resources:
#   - https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
# custom:
#   id: rolesanywhere-trust
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.iam.trust
#   remediation: >-
#     Add conditions on aws:SourceArn, the trust anchor, and on aws:PrincipalTag/x509Subject/CN.
#   frameworks: {"nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.rolesanywhere_trust

ids := {"TR04"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
