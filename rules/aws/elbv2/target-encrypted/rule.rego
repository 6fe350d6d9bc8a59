# METADATA
# title: "Encrypt traffic from the balancer to its targets"
# description: >-
#   TLS that ends at the balancer leaves the last hop plain.
# custom:
#   id: elbv2-target-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.elbv2.target_group
#   remediation:
#     terraform: Set `protocol = "HTTPS"`.
#     cloudformation: "Set `Protocol: HTTPS`."
#   frameworks: {"fsbp": ["ELB.21", "ELB.22"], "config": ["elbv2-targetgroup-healthcheck-protocol-encrypted", "elbv2-targetgroup-protocol-encrypted"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_378"]}
package sealint.aws.elbv2.target_encrypted

deny contains {
	"path": "protocol",
	"message": sprintf("the load balancer speaks %v to its targets", [input.protocol]),
} if {
	input.target_type != "lambda"
	input.protocol == "HTTP"
}
