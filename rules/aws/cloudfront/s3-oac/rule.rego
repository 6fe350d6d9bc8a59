# METADATA
# title: "Reach S3 origins with origin access control"
# description: >-
#   OAC signs requests, works with SSE-KMS and all regions. AWS default: none.
# custom:
#   id: cloudfront-s3-oac
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation: >-
#     Reach S3 origins with origin access control.
#   frameworks: {"fsbp": ["CloudFront.13"], "config": ["cloudfront-s3-origin-access-control-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_46"], "cfn_guard": ["CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED"]}
package sealint.aws.cloudfront.s3_oac

deny contains {"path": ["origin_access_control_id", i, "value"], "message": "`origin_access_control_id` is not set"} if {
	some i, item in input.origin_access_control_id
	not item.value
}
