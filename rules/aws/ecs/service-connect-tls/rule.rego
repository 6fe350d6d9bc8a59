# METADATA
# title: "Encrypt Service Connect traffic"
# description: >-
#   The proxies of Service Connect speak plain HTTP with each other until a service names a private certificate
#   authority that gives them certificates.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
# custom:
#   id: ecs-service-connect-tls
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.ecs.cluster
#   remediation:
#     terraform: Give each service a `tls` block with an `issuer_cert_authority`.
#     cloudformation: Give each service a `Tls` with an `IssuerCertificateAuthority`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ecs.service_connect_tls

deny contains {"path": ["service_tls", i, "value"], "message": "Service Connect carries the traffic of this service in plain text"} if {
	some i, item in input.service_tls
	not item.value
	input.connects
}
