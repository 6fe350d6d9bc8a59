# METADATA
# title: "Enforce TLS in the mesh"
# description: >-
#   Client policies and listeners must be strict. AWS default: No TLS; enforce true when the block is
#   present.
# custom:
#   id: appmesh-tls-enforced
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.appmesh.virtual_node
#   remediation: >-
#     Enforce TLS in the mesh: `spec.backend_defaults.client_policy.tls.enforce = true` (Terraform),
#     `Spec.BackendDefaults.ClientPolicy.TLS.Enforce = true` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.appmesh.tls_enforced

deny contains {"path": ["enforce", i, "value"], "message": "`enforce` is not turned on"} if {
	some i, item in input.enforce
	not item.value
}

deny contains {"path": ["tls_enforce", i, "value"], "message": "`tls_enforce` is not turned on"} if {
	some i, item in input.tls_enforce
	not item.value
}
