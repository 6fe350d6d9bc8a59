# METADATA
# title: "Use strong certificate keys"
# description: >-
#   RSA keys below 2048 bits are refused by modern clients. AWS default: RSA_2048.
# custom:
#   id: acm-certificate-key
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.acm.certificate
#   remediation:
#     terraform: Set `key_algorithm` to `RSA_2048`, `EC_prime256v1` or stronger.
#     cloudformation: Set `KeyAlgorithm` to `RSA_2048`, `EC_prime256v1` or stronger.
#   frameworks: {"fsbp": ["ACM.2"], "config": ["acm-certificate-rsa-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.acm.certificate_key

refused := {"RSA_1024"}

deny contains {"path": ["key_algorithm", i, "value"], "message": message} if {
	some i, item in input.key_algorithm
	value := item.value
	value in refused
	message := sprintf("a key of %v can be broken: use RSA with 2048 bits or more, or an elliptic curve", [value])
}
