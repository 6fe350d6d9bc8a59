# METADATA
# title: "Disable the default endpoint when a custom domain exists"
# description: >-
#   What the domain name asks of clients, such as a certificate or a newer version of TLS, the default endpoint does not
#   ask. AWS default: false.
# custom:
#   id: apigateway-default-endpoint-disabled
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.apigateway.rest_api
#   remediation:
#     terraform: Set `disable_execute_api_endpoint = true`.
#     cloudformation: "Set `DisableExecuteApiEndpoint: true`."
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.apigateway.default_endpoint_disabled

deny contains {"path": "disable_execute_api_endpoint", "message": "clients can pass by the domain name: the default endpoint answers too"} if {
	input.mapped
	not input.disable_execute_api_endpoint
}
