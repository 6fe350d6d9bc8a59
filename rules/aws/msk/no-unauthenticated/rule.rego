# METADATA
# title: "Refuse unauthenticated Kafka clients"
# description: >-
#   Whoever reaches the brokers can read and write every topic. With IAM, SASL/SCRAM or mutual TLS each client has an
#   identity, which access rules can name.
# related_resources:
#   - https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
# custom:
#   id: msk-no-unauthenticated
#   severity: high
#   precision: high
#   profile: default
#   view: aws.msk.cluster
#   remediation:
#     terraform: >-
#       Turn on one of `sasl.iam`, `sasl.scram` and `tls` in `client_authentication`, and leave
#       `unauthenticated` false.
#     cloudformation: >-
#       Turn on one of `Sasl.Iam.Enabled`, `Sasl.Scram.Enabled` and `Tls.Enabled` in `ClientAuthentication`,
#       and leave `Unauthenticated.Enabled` false.
#   frameworks: {"fsbp": ["MSK.6"], "config": ["msk-unrestricted-access-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.msk.no_unauthenticated

deny contains {"path": "unauthenticated", "message": "clients need not say who they are"} if {
	input.unauthenticated
}

deny contains {"path": "authentication", "message": "clients need not say who they are: no way to authenticate is named"} if {
	not input.authentication
}

# A block that turns every way off is as good as none.
deny contains {"path": "authentication", "message": "clients need not say who they are: every way to authenticate is off"} if {
	input.authentication
	not input.unauthenticated
	not input.sasl_iam
	not input.sasl_scram
	not input.mutual_tls
	not input.authorities
}
