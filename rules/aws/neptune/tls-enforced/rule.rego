# METADATA
# title: "Enforce HTTPS on Neptune"
# description: >-
#   neptune_enforce_ssl 0 allows plain connections where the region and engine still permit it. AWS
#   default: 1; TLS is mandatory for engine 1.0.4.0 and newer.
# custom:
#   id: neptune-tls-enforced
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.neptune.parameter_group
#   remediation:
#     terraform: Remove the `parameter` `neptune_enforce_ssl` of the parameter group, or set it to 1.
#     cloudformation: Remove `neptune_enforce_ssl` from the `Parameters` of the parameter group, or set it to 1.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.neptune.tls_enforced

deny contains {"path": "enforce_ssl", "message": "the cluster accepts connections without TLS"} if {
	input.enforce_ssl == "0"
}
