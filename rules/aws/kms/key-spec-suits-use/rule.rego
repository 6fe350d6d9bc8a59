# METADATA
# title: "Use a symmetric encryption key for data at rest"
# description: >-
#   Services that store data accept symmetric encryption keys only. With an asymmetric or an HMAC key the
#   deployment fails, or the service stops at the first write. AWS default: SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
# custom:
#   id: kms-key-spec-suits-use
#   severity: high
#   precision: high
#   profile: default
#   view: aws.kms.key_use
#   remediation:
#     terraform: Leave `customer_master_key_spec` and `key_usage` out, and keep another key for signatures.
#     cloudformation: Leave `KeySpec` and `KeyUsage` out, and keep another key for signatures.
#   frameworks: {"nist-800-53-r5": ["SC-12", "SC-12(2)", "SC-28(3)"], "pci-dss-v4": ["3.6.1", "3.7.4"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.kms.key_spec_suits_use

kinds := sort({replace(kind, "_", " ") | some kind, used in input.uses; used})

deny contains {
	"path": "spec",
	"message": sprintf("a %v names this key, but its spec is %v: stores encrypt with symmetric keys only", [kinds[0], input.spec]),
} if {
	count(kinds) > 0
	input.spec != "SYMMETRIC_DEFAULT"
}

deny contains {
	"path": "usage",
	"message": sprintf("a %v names this key, but it is for %v and cannot encrypt", [kinds[0], input.usage]),
} if {
	count(kinds) > 0
	input.spec == "SYMMETRIC_DEFAULT"
	input.usage != "ENCRYPT_DECRYPT"
}

deny contains {
	"path": "spec",
	"message": sprintf("Route 53 signs a zone with this key, but its spec is %v: it takes ECC_NIST_P256 only", [input.spec]),
} if {
	input.signs_zones
	input.spec != "ECC_NIST_P256"
}
