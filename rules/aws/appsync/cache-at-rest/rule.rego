# METADATA
# title: "Encrypt AppSync caches at rest"
# description: >-
#   AppSync encrypts all new caches, whatever is set here. One from before that keeps what it was made with, which is no
#   encryption where nothing is said, and it cannot be changed later.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiCache.html
# custom:
#   id: appsync-cache-at-rest
#   severity: low
#   precision: high
#   profile: default
#   view: aws.appsync.api_cache
#   remediation:
#     terraform: Set `at_rest_encryption_enabled = true`.
#     cloudformation: "Set `AtRestEncryptionEnabled: true`."
#   fix: { set: { at_rest_encryption_enabled: true }, safe: false }
#   frameworks: {"fsbp": ["AppSync.1"], "config": ["appsync-cache-ct-encryption-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_214"]}
package sealint.aws.appsync.cache_at_rest

deny contains {"path": "at_rest_encryption_enabled", "message": "a cache from the time when AppSync did not always encrypt is not encrypted at rest"} if {
	not input.at_rest_encryption_enabled
}
