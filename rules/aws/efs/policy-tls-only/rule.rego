# METADATA
# title: "Require TLS for EFS mounts in the file system policy"
# description: >-
#   Only a file system policy that denies aws:SecureTransport false forces clients to mount with TLS; NFS
#   itself is plain text. AWS default: plain NFS is accepted.
# related_resources:
#   - https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html
# custom:
#   id: efs-policy-tls-only
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.efs.file_system_access
#   remediation: >-
#     Add a statement to the policy of the file system with the effect `Deny`, the principal `*`, the action `*` and
#     the condition `Bool` `"aws:SecureTransport": "false"`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.efs.policy_tls_only

deny contains {"path": "policy", "message": "the file system has no policy: clients may mount it without TLS"} if {
	not input.policy.exists
}

deny contains {"path": sprintf("policy.%s", [finding.path]), "message": finding.message} if {
	input.policy.exists
	not only_tls_is_allowed
	not denied_without_resource
	some finding in input.policy.findings
	finding.id == "BP01"
}

# With a policy, a mount needs an Allow: it is enough that all of them ask for TLS.
only_tls_is_allowed if {
	every statement in allows {
		asks_for_tls(statement)
	}
	count(allows) > 0
}

allows := [statement | some statement in input.policy.statements; statement.effect == "allow"]

asks_for_tls(statement) if {
	some condition in statement.conditions
	lower(condition.key) == "aws:securetransport"
	condition.operator == "Bool"
	condition.values == ["true"]
}

# A statement that names no resource is about the file system that the policy belongs to.
# https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
denied_without_resource if {
	some statement in input.policy.statements
	statement.effect == "deny"
	not statement.resources
	not statement.not_resources
	some principal in statement.principals
	principal.kind == "everyone"
	some action in statement.actions
	lower(action) in {"*", "elasticfilesystem:*", "elasticfilesystem:client*", "elasticfilesystem:clientmount"}
	count(statement.conditions) == 1
	some condition in statement.conditions
	lower(condition.key) == "aws:securetransport"
	condition.operator == "Bool"
	condition.values == ["false"]
}
