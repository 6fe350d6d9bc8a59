# METADATA
# title: "Encrypt ElastiCache replication groups at rest"
# description: >-
#   Backups and disk sync hold the cached data. AWS default: false for Redis OSS; true for Valkey.
# custom:
#   id: elasticache-at-rest
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: Set `at_rest_encryption_enabled = true`.
#     cloudformation: "Set `AtRestEncryptionEnabled: true`."
#   fix: { set: { at_rest_encryption_enabled: true }, safe: false }
#   frameworks: {"fsbp": ["ElastiCache.4"], "config": ["elasticache-repl-grp-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_29"], "trivy": ["AWS-0045"], "cfn_nag": ["F25"], "cfn_guard": ["ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST"]}
package sealint.aws.elasticache.at_rest

deny contains {"path": "at_rest_encryption_enabled", "message": "what the cache writes to disk is not encrypted"} if {
	not input.at_rest_encryption_enabled
	not encrypts_by_default
	not input.member
}

# https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
encrypts_by_default if {
	is_string(input.engine)
	lower(input.engine) == "valkey"
	not input.at_rest_stated
}
