# METADATA
# title: "Keep the Redis auth token out of code"
# description: >-
#   A literal AUTH token is readable by all who see the template.
# custom:
#   id: elasticache-auth-token
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elasticache.replication_group
#   remediation:
#     terraform: Pass `auth_token` or `passwords` from a secret, or let users authenticate with IAM.
#     cloudformation: Pass `AuthToken` or `Passwords` from a secret, or let users authenticate with IAM.
#   frameworks: {"fsbp": ["ElastiCache.6(related)"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_31"], "cfn_nag": ["F44"]}
package sealint.aws.elasticache.auth_token

import data.sealint.lib.shown

deny contains {"path": ["auth_token", i, "value"], "message": message} if {
	some i, item in input.auth_token
	secret := item.value
	not secret.protected
	message := sprintf("the password that clients log in with %v", [shown.how(secret)])
}
