# METADATA
# title: "Reach custom origins over HTTPS"
# description: >-
#   http-only or match-viewer lets the second leg be plain. AWS default: required attribute.
# custom:
#   id: cloudfront-origin-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: Set `origin_protocol_policy = "https-only"` in `custom_origin_config`.
#     cloudformation: "Set `OriginProtocolPolicy: https-only` in `CustomOriginConfig`."
#   frameworks: {"fsbp": ["CloudFront.9"], "config": ["cloudfront-traffic-to-origin-encrypted"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_72"], "regula": ["FG_R00010"]}
package sealint.aws.cloudfront.origin_https

accepted := {"https-only"}

deny contains {"path": ["origins", i, "protocol_policy"], "message": message} if {
	some i, origin in input.origins
	value := origin.protocol_policy
	not value in accepted
	not follows_https(origin)
	not contains(origin.domain, ".s3-website")
	message := sprintf("CloudFront may reach the origin over HTTP: the policy is %v", [value])
}

deny contains {
	"path": ["origins", i, "protocol_policy"],
	"message": "CloudFront reaches the origin over HTTP, which is all that website endpoints of S3 speak: read the bucket itself instead, by origin access control",
} if {
	some i, origin in input.origins
	not origin.protocol_policy in accepted
	contains(origin.domain, ".s3-website")
}

deny contains {"path": ["origins", i, "protocol_policy"], "message": "CloudFront may reach the origin over HTTP"} if {
	some i, origin in input.origins
	origin.custom
	not origin.protocol_policy
	not contains(origin.domain, ".s3-website")
}

# The policy does as viewers do, and all of them use HTTPS.
follows_https(origin) if {
	origin.protocol_policy == "match-viewer"
	leading := [behaviour |
		some place in input.behaviours
		some behaviour in place.value
		leads_to(behaviour, origin)
	]
	count(leading) > 0
	every behaviour in leading {
		behaviour.viewer_policy in {"https-only", "redirect-to-https"}
	}
}

leads_to(behaviour, origin) if behaviour.target == origin.id

# Groups of origins lead to any.
leads_to(behaviour, _) if not behaviour.target in ids

ids := {origin.id | some origin in input.origins}

deny contains {"path": ["origin_protocol_policy", i, "value"], "message": message} if {
	some i, item in input.origin_protocol_policy
	value := item.value
	not value in accepted
	message := sprintf("CloudFront may reach the origin over HTTP: the policy is %v", [value])
}

deny contains {"path": ["origin_protocol_policy", i, "value"], "message": "CloudFront may reach the origin over HTTP"} if {
	some i, item in input.origin_protocol_policy
	not item.value
}

deny contains {"path": ["legacy_origin_protocol_policy", i, "value"], "message": message} if {
	some i, item in input.legacy_origin_protocol_policy
	value := item.value
	not value in accepted
	message := sprintf("CloudFront may reach the origin over HTTP: the policy is %v", [value])
}

deny contains {"path": ["legacy_origin_protocol_policy", i, "value"], "message": "CloudFront may reach the origin over HTTP"} if {
	some i, item in input.legacy_origin_protocol_policy
	not item.value
}
