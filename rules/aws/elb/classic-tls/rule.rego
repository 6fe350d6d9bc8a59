# METADATA
# title: "Use HTTPS or SSL on Classic balancers with a strong policy"
# description: >-
#   Classic listeners default to what is written; the predefined policy decides the TLS version. AWS
#   default: ELBSecurityPolicy-2016-08.
# custom:
#   id: elb-classic-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.elb.load_balancer
#   remediation: >-
#     Listen on HTTPS or SSL with a certificate (`lb_protocol`, `ssl_certificate_id`; `Protocol`, `SSLCertificateId`)
#     and the policy ELBSecurityPolicy-TLS-1-2-2017-01.
#   frameworks: {"fsbp": ["ELB.2", "ELB.3", "ELB.8"], "config": ["elb-tls-https-listeners-only", "elb-acm-certificate-required", "elb-predefined-security-policy-ssl-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_127", "CKV_AWS_376", "CKV_AWS_213"], "cfn_guard": ["ELB_TLS_HTTPS_LISTENERS_ONLY", "ELB_ACM_CERTIFICATE_REQUIRED", "ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK"], "regula": ["FG_R00013"]}
#   parameters:
#     accepted_policies:
#       type: strings
#       description: The predefined security policies that listeners may use.
#       default:
#         - ELBSecurityPolicy-TLS-1-2-2017-01
#         - TLS-1-2-2017-01
package sealint.aws.elb.classic_tls

deny contains {
	"path": ["listeners", i, "protocol"],
	"message": sprintf("the listener speaks %v, not HTTPS or SSL", [listener.protocol]),
} if {
	some i, listener in input.listeners
	is_string(listener.protocol)
	upper(listener.protocol) in {"HTTP", "TCP"}
}

deny contains {"path": ["listeners", i, "certificate"], "message": "the listener has no certificate"} if {
	some i, listener in input.listeners
	is_string(listener.protocol)
	upper(listener.protocol) in {"HTTPS", "SSL"}
	not listener.certificate
}

old_protocols := {"Protocol-SSLv2", "Protocol-SSLv3", "Protocol-TLSv1", "Protocol-TLSv1.1"}

deny contains {
	"path": ["policies", i, "attributes", j, "value"],
	"message": sprintf("the policy allows %v", [attribute.name]),
} if {
	some i, policy in input.policies
	policy.type == "SSLNegotiationPolicyType"
	is_used(policy)
	some j, attribute in policy.attributes
	attribute.name in old_protocols
	is_string(attribute.value)
	lower(attribute.value) == "true"
}

deny contains {
	"path": ["policies", i, "attributes", j, "value"],
	"message": sprintf("the security policy %v allows TLS below 1.2", [attribute.value]),
} if {
	some i, policy in input.policies
	policy.type == "SSLNegotiationPolicyType"
	is_used(policy)
	some j, attribute in policy.attributes
	attribute.name == "Reference-Security-Policy"
	not attribute.value in input.parameters.accepted_policies
}

# A policy that no listener names holds for none. Policies in resources of their own are assigned elsewhere.
is_used(_) if not names_policies

is_used(policy) if {
	some listener in input.listeners
	is_array(listener.policies)
	policy.name in listener.policies
}

is_used(policy) if policy.name == input.listeners[_].policies

names_policies if input.listeners[_].policies

deny contains {
	"path": ["listeners", i, "certificate"],
	"message": "the certificate is uploaded to IAM: nothing renews it before it expires",
} if {
	some i, listener in input.listeners
	is_string(listener.protocol)
	upper(listener.protocol) in {"HTTPS", "SSL"}
	regex.match(`^arn:[^:]*:iam::`, listener.certificate_arn)
}

deny contains {
	"path": ["uploaded", i, "value"],
	"message": "the certificate is uploaded to IAM: nothing renews it before it expires",
} if {
	some i, certificate in input.uploaded
	certificate.value.here
}
