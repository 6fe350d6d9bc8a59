# METADATA
# title: "Reach external key stores through the VPC and over HTTPS"
# description: >-
#   KMS asks an external key store through its proxy. Behind a public endpoint everyone may knock at the proxy, and
#   each use of a key crosses the Internet.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/choose-xks-connectivity.html
# custom:
#   id: kms-custom-key-store-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.kms.custom_key_store
#   remediation: >-
#     Set `xks_proxy_connectivity = "VPC_ENDPOINT_SERVICE"` with `xks_proxy_vpc_endpoint_service_name`, and
#     an `https://` address as `xks_proxy_uri_endpoint`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.kms.custom_key_store_tls

deny contains {"path": "connectivity", "message": "KMS reaches the proxy of the key store over the Internet"} if {
	input.kind == "EXTERNAL_KEY_STORE"
	input.connectivity == "PUBLIC_ENDPOINT"
}

deny contains {"path": "endpoint", "message": "KMS would reach the proxy of the key store over plain HTTP"} if {
	startswith(lower(input.endpoint), "http://")
}
