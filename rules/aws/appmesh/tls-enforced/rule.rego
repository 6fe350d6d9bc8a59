# METADATA
# title: "Enforce TLS in the mesh"
# description: >-
#   Services in a mesh speak plain text with each other unless the client policy enforces TLS and the listener accepts
#   nothing else.
# related_resources:
#   - https://docs.aws.amazon.com/app-mesh/latest/userguide/tls.html
# custom:
#   id: appmesh-tls-enforced
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.appmesh.virtual_node
#   remediation:
#     terraform: >-
#       Set `enforce = true` in the `tls` of the `client_policy` and `mode = "STRICT"` in the `tls` of the
#       `listener`.
#     cloudformation: "Set `Enforce: true` and `Mode: STRICT`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.appmesh.tls_enforced

deny contains {"path": "policy", "message": "backends may be called in plain text: no client policy asks for TLS"} if {
	not input.policy
	some backend in input.backends
	not backend.policy
}

deny contains {"path": ["enforced", i, "value"], "message": "backends may be called in plain text: the client policy does not enforce TLS"} if {
	some i, item in input.enforced
	not item.value
}

deny contains {"path": ["listener_mode", i, "value"], "message": message} if {
	some i, item in input.listener_mode
	item.value != "STRICT"
	message := sprintf("the listener takes plain text: its mode is %v", [item.value])
}
