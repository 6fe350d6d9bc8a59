# METADATA
# title: "Use mutual TLS where clients are machines"
# description: >-
#   Mutual TLS binds callers to certificates of your trust store. AWS default: off.
# custom:
#   id: edge-mutual-tls
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.apigateway.domain_name
#   remediation:
#     terraform: "Name a trust store: `truststore_uri` in `mutual_tls_authentication`."
#     cloudformation: "Name a trust store: `TruststoreUri` in `MutualTlsAuthentication`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.apigateway.edge_mutual_tls

deny contains {"path": ["truststore_uri", i, "value"], "message": "clients need no certificate"} if {
	some i, item in input.truststore_uri
	not item.value
}
