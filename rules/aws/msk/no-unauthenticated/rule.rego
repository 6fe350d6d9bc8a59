# METADATA
# title: "Refuse unauthenticated Kafka clients"
# description: >-
#   unauthenticated true admits any client; mutual TLS, IAM or SCRAM close it. AWS default:
#   Unauthenticated on when no block is given.
# custom:
#   id: msk-no-unauthenticated
#   severity: high
#   precision: high
#   profile: default
#   view: aws.msk.cluster
#   remediation: >-
#     Refuse unauthenticated Kafka clients.
#   frameworks: {"fsbp": ["MSK.6"], "config": ["msk-unrestricted-access-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.msk.no_unauthenticated

deny contains {"path": ["unauthenticated", i, "value"], "message": "`unauthenticated` is turned on"} if {
	some i, item in input.unauthenticated
	item.value == true
}

deny contains {"path": ["enabled", i, "value"], "message": "`enabled` is turned on"} if {
	some i, item in input.enabled
	item.value == true
}
