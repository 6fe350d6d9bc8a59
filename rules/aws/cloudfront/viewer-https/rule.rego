# METADATA
# title: "Serve CloudFront over HTTPS only"
# description: >-
#   allow-all answers both; redirect-to-https or https-only closes it. AWS default: required attribute.
# custom:
#   id: cloudfront-viewer-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: Set `viewer_protocol_policy = "redirect-to-https"` in each cache behavior.
#     cloudformation: "Set `ViewerProtocolPolicy: redirect-to-https`."
#   frameworks: {"fsbp": ["CloudFront.3"], "config": ["cloudfront-viewer-policy-https"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_34"], "trivy": ["AWS-0012"], "regula": ["FG_R00011"], "cfn_guard": ["CLOUDFRONT_VIEWER_POLICY_HTTPS"]}
package sealint.aws.cloudfront.viewer_https

accepted := {"redirect-to-https", "https-only"}

deny contains {"path": ["viewer_protocol_policy", i, "value"], "message": message} if {
	some i, item in input.viewer_protocol_policy
	value := item.value
	not value in accepted
	message := sprintf("viewers may use HTTP: the policy is %v", [value])
}

deny contains {"path": ["viewer_protocol_policy", i, "value"], "message": "viewers may use HTTP"} if {
	some i, item in input.viewer_protocol_policy
	not item.value
}

deny contains {"path": ["other_viewer_protocol_policy", i, "value"], "message": message} if {
	some i, item in input.other_viewer_protocol_policy
	value := item.value
	not value in accepted
	message := sprintf("viewers may use HTTP: the policy is %v", [value])
}

deny contains {"path": ["other_viewer_protocol_policy", i, "value"], "message": "viewers may use HTTP"} if {
	some i, item in input.other_viewer_protocol_policy
	not item.value
}
