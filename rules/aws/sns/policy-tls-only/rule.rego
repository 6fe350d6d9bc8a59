# METADATA
# title: "Deny plain requests in the topic policy"
# description: >-
#   A Deny on aws:SecureTransport false makes TLS a rule for the topic, whatever the client. AWS default:
#   HTTP and HTTPS are both accepted.
# custom:
#   id: sns-policy-tls-only
#   severity: low
#   precision: high
#   profile: default
#   view: aws.sns.topic_policy
#   remediation: >-
#     Add a statement to the policy with the effect `Deny`, the principal `*`, the action `sns:Publish` and the
#     condition `Bool` `"aws:SecureTransport": "false"`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.sns.policy_tls_only

ids := {"BP01"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
} if {
	input.whole
	input.policy.exists
	some finding in input.policy.findings
	finding.id in ids
}
