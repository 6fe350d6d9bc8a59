# METADATA
# title: "Encrypt ElastiCache traffic"
# description: >-
#   Without it commands, data and the password of clients cross the network in plain text. Authentication by a token or
#   by users needs it too.
# custom:
#   id: elasticache-in-transit
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: Set `transit_encryption_enabled = true`.
#     cloudformation: "Set `TransitEncryptionEnabled: true`."
#   fix: { set: { transit_encryption_enabled: true }, safe: false }
#   frameworks: {"fsbp": ["ElastiCache.5"], "config": ["elasticache-repl-grp-encrypted-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_30", "CKV_AWS_31"], "trivy": ["AWS-0051"], "cfn_nag": ["F33"], "regula": ["FG_R00105"], "cfn_guard": ["ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT"]}
package sealint.aws.elasticache.in_transit

deny contains {"path": "transit_encryption_enabled", "message": "clients reach the cache in plain text"} if {
	not input.transit_encryption_enabled
	not input.member
}
