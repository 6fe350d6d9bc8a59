# METADATA
# title: "Make multi-Region keys only where replicas exist"
# description: >-
#   A multi-Region key shares its material with each of its replicas. Without one it gains nothing, and it can never
#   become a key of one region again.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
# custom:
#   id: kms-multi-region-intended
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.kms.use
#   remediation:
#     terraform: >-
#       Leave `multi_region` false, or add the replica. If replicas are made elsewhere, say so in a
#       suppression.
#     cloudformation: >-
#       Leave `MultiRegion` false, or add the replica. If replicas are made elsewhere, say so in a
#       suppression.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.multi_region_intended

deny contains {"path": "multi_region", "message": "the key may be copied to other regions, but nothing here does so"} if {
	input.multi_region
	not input.replica
}
