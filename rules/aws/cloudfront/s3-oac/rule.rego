# METADATA
# title: "Reach S3 origins with origin access control"
# description: >-
#   With origin access control CloudFront signs its requests to S3, so that the bucket can stay private and encrypted
#   with KMS. The older origin access identity can do neither SSE-KMS nor newer regions.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# custom:
#   id: cloudfront-s3-oac
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: "Name an origin access control that signs always: `origin_access_control_id` of the `origin`."
#     cloudformation: >-
#       Name an origin access control that signs always: `OriginAccessControlId` of the item of `Origins`.
#   frameworks: {"fsbp": ["CloudFront.13"], "config": ["cloudfront-s3-origin-access-control-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV2_AWS_46"], "cfn_guard": ["CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED"]}
package sealint.aws.cloudfront.s3_oac

deny contains {"path": ["s3_origins", i, "access_control"], "message": "CloudFront reads this bucket without signing its requests: the bucket must be public"} if {
	some i, origin in input.s3_origins
	not origin.custom
	not origin.access_control
	not origin.identity
}

deny contains {"path": ["s3_origins", i, "identity"], "message": "an origin access identity cannot read objects with SSE-KMS: use origin access control"} if {
	some i, origin in input.s3_origins
	not origin.custom
	not origin.access_control
	origin.identity
}

deny contains {"path": "signing", "message": "CloudFront does not sign each request to the origin"} if {
	input.signing != "always"
}
