# METADATA
# title: "Use a TLS 1.2 security policy on listeners"
# description: >-
#   The old default policy accepts TLS 1.0 and weak ciphers. AWS default: ELBSecurityPolicy-2016-08 by
#   API, Terraform and CloudFormation; the console picks ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.
# custom:
#   id: elbv2-listener-tls-policy
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elbv2.listener
#   remediation:
#     terraform: >-
#       Set `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`; a listener that takes plain HTTP needs `protocol =
#       "HTTPS"` and a `certificate_arn` too, or a redirect to HTTPS.
#     cloudformation: >-
#       Set `SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06`; a listener that takes plain HTTP needs `Protocol: HTTPS` and
#       `Certificates` too, or a redirect to HTTPS.
#   frameworks: {"fsbp": ["ELB.17"], "config": ["elbv2-predefined-security-policy-ssl-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_103", "CKV2_AWS_74"], "trivy": ["AWS-0047"], "cfn_nag": ["W55"], "cfn_guard": ["ELBV2_LISTENER_SSL_POLICY_RULE"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The security policies that listeners may use.
#       default:
#         - ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-3-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09
#         - ELBSecurityPolicy-TLS13-1-2-2021-06
#         - ELBSecurityPolicy-TLS13-1-2-Res-2021-06
#         - ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06
#         - ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06
#         - ELBSecurityPolicy-TLS13-1-3-2021-06
#         - ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04
#         - ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04
#         - ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04
#         - ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04
#         - ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04
#         - ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04
#         - ELBSecurityPolicy-TLS-1-2-2017-01
#         - ELBSecurityPolicy-TLS-1-2-Ext-2018-06
#         - ELBSecurityPolicy-FS-1-2-2019-08
#         - ELBSecurityPolicy-FS-1-2-Res-2019-08
#         - ELBSecurityPolicy-FS-1-2-Res-2020-10
package sealint.aws.elbv2.listener_tls_policy

import data.sealint.lib.listener

# TLS policies belong to listeners that end TLS.
ends_tls if input.protocol in {"HTTPS", "TLS"}

ends_tls if {
	not input.protocol
	input.port == 443
}

deny contains {
	"path": "ssl_policy",
	"message": sprintf("the security policy %v is not accepted: it allows TLS below 1.2 or weak ciphers", [input.ssl_policy]),
} if {
	ends_tls
	input.ssl_policy_named
	not input.ssl_policy in input.parameters.accepted_policies
}

deny contains {
	"path": "ssl_policy",
	"message": sprintf("no security policy is named, and %v, which holds then, allows TLS 1.0", [input.ssl_policy]),
} if {
	ends_tls
	not input.ssl_policy_named
	not input.ssl_policy in input.parameters.accepted_policies
}

what := {
	"protocol": object.get(input, "protocol", false),
	"port": object.get(input, "port", 0),
	"balancer_type": input.balancer_type,
	"actions": input.actions,
}

deny contains {"path": "protocol", "message": "the listener takes plain HTTP: no version of TLS at all"} if {
	listener.takes_http(what)
	not listener.redirects(what)
}
