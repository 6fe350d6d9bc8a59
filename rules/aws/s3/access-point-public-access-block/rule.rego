# METADATA
# title: "Block public access at access points"
# description: >-
#   An access point is a way to the bucket with a policy of its own, and its block cannot be changed later.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
# custom:
#   id: s3-access-point-public-access-block
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.s3.access_point
#   remediation:
#     terraform: Leave `public_access_block_configuration` out, or set all four settings to true.
#     cloudformation: Leave `PublicAccessBlockConfiguration` out, or set all four settings to true.
#   frameworks: {"nist-800-53-r5": ["AC-3", "CP-9"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_392"]}
package sealint.aws.s3.access_point_public_access_block

deny contains {"path": ["public_access", name], "message": sprintf("public access is not blocked: `%v` is off", [name])} if {
	some name, on in input.public_access
	on == false
}
