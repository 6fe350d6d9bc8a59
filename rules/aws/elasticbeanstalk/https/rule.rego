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
	not is_single
}

has_tls if {
	some option in input.options
	option.namespace in {"aws:elbv2:listener:443", "aws:elb:listener:443", "aws:elbv2:listener:default"}
	option.name in {"Protocol", "ListenerProtocol"}
	upper(option.value) in {"HTTPS", "TLS", "SSL"}
}

# Without a load balancer the instance itself speaks TLS, by files of its own.
is_single if {
	some option in input.options
	option.namespace == "aws:elasticbeanstalk:environment"
	option.name == "EnvironmentType"
	option.value == "SingleInstance"
}
