# METADATA
# title: "Let CloudFront decrypt what it reads from a bucket with SSE-KMS"
# description: >-
#   With origin access control CloudFront reads with its own principal, so that the key policy must let it
#   decrypt. An origin access identity cannot read objects under SSE-KMS at all. AWS default: no service may
#   use a key.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# custom:
#   id: cloudfront-oac-key-access
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudfront.origin_key
#   remediation: >-
#     Use origin access control, and allow cloudfront.amazonaws.com kms:Decrypt, bound by aws:SourceArn of the
#     distribution.
#   frameworks: {"nist-800-53-r5": ["AC-3", "AC-6", "SC-12"], "pci-dss-v4": ["3.6.1.3", "7.2.2"], "hipaa": ["164.312(a)(1)"]}
package sealint.aws.cloudfront.oac_key_access

import data.sealint.lib.access

deny contains {
	"path": "identity",
	"message": "an origin access identity cannot read objects that are encrypted with SSE-KMS",
} if {
	input.distribution
	input.identity
	input.key.managed_by
}

deny contains {
	"path": "key",
	"message": "the policy of the key does not let CloudFront decrypt",
} if {
	input.distribution
	not input.identity
	policy := input.key.policy
	not access.reaches(policy.reach.decrypt, "cloudfront.amazonaws.com")
}
