# METADATA
# title: "Name the TLS policy of Classic balancers"
# description: >-
#   A Classic HTTPS or SSL listener without a policy negotiates with ELBSecurityPolicy-2016-08, which takes TLS 1.0 and
#   1.1. AWS default: ELBSecurityPolicy-2016-08.
# related_resources:
#   - https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html
# custom:
#   id: elb-classic-default-policy
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.elb.load_balancer
#   remediation: >-
#     Give each HTTPS or SSL listener a policy of the type SSLNegotiationPolicyType whose Reference-Security-Policy is
#     ELBSecurityPolicy-TLS-1-2-2017-01.
#   frameworks: {"fsbp": ["ELB.8"], "config": ["elb-predefined-security-policy-ssl-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   related: {"cfn_guard": ["ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK"]}
package sealint.aws.elb.classic_default_policy

deny contains {
	"path": ["listeners", i, "protocol"],
	"message": "clients may connect with TLS 1.0: no policy is named, so that ELBSecurityPolicy-2016-08 holds",
} if {
	some i, listener in input.listeners
	is_string(listener.protocol)
	upper(listener.protocol) in {"HTTPS", "SSL"}
	not has_policy(listener)
}

has_policy(listener) if {
	some port in input.assigned_ports
	port.value == listener.port
}

# A name that is not of a policy beside the listener may be of any policy.
has_policy(listener) if {
	is_array(listener.policies)
	some name in listener.policies
	not name in other_policies
}

# CloudFormation takes one name for a list of them.
has_policy(listener) if {
	is_string(listener.policies)
	not listener.policies in other_policies
}

other_policies contains name if {
	some policy in input.policies
	policy.type != "SSLNegotiationPolicyType"
	name := policy.name
}
