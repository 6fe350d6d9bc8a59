# METADATA
# title: "Encrypt AppSync cache traffic"
# description: >-
#   AppSync encrypts the traffic with all new caches, whatever is set here. One from before that keeps what it was made
#   with, which is plain text where nothing is said, and it cannot be changed later.
# related_resources:
#   - https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiCache.html
# custom:
#   id: appsync-cache-in-transit
#   severity: low
#   precision: high
#   profile: default
#   view: aws.appsync.api_cache
#   remediation:
#     terraform: Set `transit_encryption_enabled = true`.
#     cloudformation: "Set `TransitEncryptionEnabled: true`."
#   fix: { set: { transit_encryption_enabled: true }, safe: false }
#   frameworks: {"fsbp": ["AppSync.6"], "config": ["appsync-cache-ct-encryption-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_215"]}
package sealint.aws.appsync.cache_in_transit

deny contains {"path": "transit_encryption_enabled", "message": "resolvers reach a cache from the time when AppSync did not always encrypt in plain text"} if {
	not input.transit_encryption_enabled
}
