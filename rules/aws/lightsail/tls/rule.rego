# METADATA
# title: "Use TLS on Lightsail balancers"
# description: >-
#   The policy defaults to one that accepts TLS 1.0. AWS default: TLS-2016-08; no redirect.
# custom:
#   id: lightsail-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.lightsail.load_balancer
#   remediation:
#     terraform: >-
#       Set `enabled = true` in `aws_lightsail_lb_https_redirection_policy`.
#     cloudformation: >-
#       Set `HttpsRedirectionEnabled: true` and `TlsPolicyName: TLS-FS-Res-1-2-2022-08`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.lightsail.tls

deny contains {"path": "redirect", "message": "HTTP is not redirected to HTTPS"} if input.redirect == false

# The names of policies that ask for TLS 1.2 say so: TLS-FS-Res-1-2-2022-08.
deny contains {
	"path": "policy",
	"message": sprintf("the TLS policy %v allows TLS below 1.2", [input.policy]),
} if {
	input.policy
	not contains(input.policy, "-1-2-")
}

deny contains {
	"path": "policy",
	"message": "the balancer takes TLS 1.0: no policy is named, so TLS-2016-08 holds",
} if {
	input.https
	not input.policy
}
