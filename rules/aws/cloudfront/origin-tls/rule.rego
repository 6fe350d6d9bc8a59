# METADATA
# title: "Use TLS 1.2 to custom origins"
# description: >-
#   SSLv3, TLSv1 and TLSv1.1 are broken or deprecated. AWS default: CloudFormation: TLSv1, SSLv3.
# custom:
#   id: cloudfront-origin-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudfront.distribution
#   remediation:
#     terraform: Set `origin_ssl_protocols = ["TLSv1.2"]` in `custom_origin_config`.
#     cloudformation: "Set `OriginSSLProtocols: [TLSv1.2]` in `CustomOriginConfig`."
#   frameworks: {"fsbp": ["CloudFront.10"], "config": ["cloudfront-no-deprecated-ssl-protocols"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_54"]}
package sealint.aws.cloudfront.origin_tls

accepted := {"TLSv1.2"}

# Over plain HTTP there is no version of TLS to speak of.
deny contains {"path": ["origin_tls", i, "value", j, "protocols", k], "message": message} if {
	some i, place in input.origin_tls
	some j, origin in place.value
	not origin.protocol_policy == "http-only"
	some k, value in origin.protocols
	not value in accepted
	message := sprintf("CloudFront may speak %v with the origin", [value])
}

deny contains {"path": ["origin_tls", i, "value", j, "protocols"], "message": "no TLS version is named for the origin"} if {
	some i, place in input.origin_tls
	some j, origin in place.value
	not origin.protocol_policy == "http-only"
	count(origin.protocols) == 0
}

deny contains {"path": ["origin_ssl_protocols", i, "value"], "message": message} if {
	some i, item in input.origin_ssl_protocols
	value := item.value
	not value in accepted
	message := sprintf("CloudFront may speak %v with the origin", [value])
}

deny contains {"path": ["origin_ssl_protocols", i, "value"], "message": "no TLS version is named for the origin"} if {
	some i, item in input.origin_ssl_protocols
	not item.value
}

deny contains {"path": ["legacy_origin_ssl_protocols", i, "value"], "message": message} if {
	some i, item in input.legacy_origin_ssl_protocols
	value := item.value
	not value in accepted
	message := sprintf("CloudFront may speak %v with the origin", [value])
}

deny contains {"path": ["legacy_origin_ssl_protocols", i, "value"], "message": "no TLS version is named for the origin"} if {
	some i, item in input.legacy_origin_ssl_protocols
	not item.value
}
