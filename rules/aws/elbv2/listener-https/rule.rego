# METADATA
# title: "Serve load balancer listeners over HTTPS or TLS"
# description: >-
#   An HTTP listener that forwards sends everything in clear; one that redirects to HTTPS is fine. AWS
#   default: protocol has no default for ALB in CloudFormation; Terraform: HTTP.
# custom:
#   id: elbv2-listener-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elbv2.listener
#   remediation:
#     terraform: Redirect HTTP to HTTPS with a `default_action` of the type `redirect`, or set `protocol = "HTTPS"`.
#     cloudformation: "Redirect HTTP to HTTPS with `DefaultActions` of the type `redirect`, or set `Protocol: HTTPS`."
#   frameworks: {"fsbp": ["ELB.1", "ELB.18"], "config": ["alb-http-to-https-redirection-check", "elbv2-listener-encryption-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_2", "CKV2_AWS_20", "CKV_AWS_103"], "trivy": ["AWS-0054"], "cfn_nag": ["W56"], "cfn_guard": ["ELBV2_LISTENER_PROTOCOL_RULE"]}
package sealint.aws.elbv2.listener_https

import data.sealint.lib.listener

what := {
	"protocol": object.get(input, "protocol", false),
	"port": object.get(input, "port", 0),
	"balancer_type": input.balancer_type,
	"actions": input.actions,
}

deny contains {"path": "protocol", "message": "the listener takes HTTP and does not redirect to HTTPS"} if {
	listener.takes_http(what)
	not listener.redirects(what)
}
