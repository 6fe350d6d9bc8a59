# METADATA
# title: "Give Beanstalk environments a listener with TLS"
# description: >-
#   The load balancer of an environment listens to HTTP on port 80 unless an option gives it a listener with a
#   certificate.
# related_resources:
#   - https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/configuring-https-elb.html
# custom:
#   id: elasticbeanstalk-https
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.elasticbeanstalk.environment
#   remediation:
#     terraform: >-
#       Add a `setting` for a listener on 443: namespace `aws:elbv2:listener:443` with `Protocol` HTTPS and
#       `SSLCertificateArns`.
#     cloudformation: >-
#       Add `OptionSettings` for a listener on 443: namespace `aws:elbv2:listener:443` with `Protocol` HTTPS
#       and `SSLCertificateArns`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.elasticbeanstalk.https

deny contains {"path": "options", "message": "users reach the environment over plain HTTP: no listener has TLS"} if {
	input.tier == "WebServer"
	not has_tls
	not has_no_balancer_of_its_own
}

# The options of the environment and those that it was made with.
options := array.concat(input.options, [option | some place in input.saved; some option in place.value])

has_tls if {
	some option in options
	is_string(option.namespace)
	startswith(option.namespace, "aws:elb")
	contains(option.namespace, ":listener:")
	option.name in {"Protocol", "ListenerProtocol"}
	upper(option.value) in {"HTTPS", "TLS", "SSL"}
}

has_tls if {
	input.template
	count(input.saved) == 0
	input.unseen_tls
}

# Without a load balancer the instance itself speaks TLS, by files of its own; one that environments share has listeners
# of its own.
# https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-alb-shared.html
has_no_balancer_of_its_own if {
	some option in options
	option.namespace == "aws:elasticbeanstalk:environment"
	option.name == "EnvironmentType"
	option.value == "SingleInstance"
}

has_no_balancer_of_its_own if {
	some option in options
	option.namespace == "aws:elasticbeanstalk:environment"
	option.name == "LoadBalancerIsShared"
	lower(option.value) == "true"
}
