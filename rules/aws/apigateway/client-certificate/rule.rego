# METADATA
# title: "Authenticate API Gateway to HTTP backends"
# description: >-
#   A client certificate lets the backend verify the caller.
# custom:
#   id: apigateway-client-certificate
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.apigateway.stage
#   remediation:
#     terraform: "Name a client certificate: `client_certificate_id` of the stage."
#     cloudformation: "Name a client certificate: `ClientCertificateId` of the stage."
#   frameworks: {"fsbp": ["APIGateway.2"], "config": ["api-gw-ssl-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_51"]}
package sealint.aws.apigateway.client_certificate

deny contains {
	"path": "client_certificate",
	"message": "backends cannot tell the API from anyone else: the stage presents no client certificate",
} if {
	input.protocol in {"REST", "WEBSOCKET"}
	not input.client_certificate
	not calls_services_only
}

# Where all integrations can be seen and none calls a backend over HTTP, nobody would ask for the certificate.
calls_services_only if {
	count(kinds) > 0
	every kind in kinds {
		is_string(kind)
		not startswith(lower(kind), "http")
	}
}

kinds contains kind if {
	some integration in input.integrations
	kind := integration.value
}

kinds contains kind if {
	is_object(input.paths)
	some methods in input.paths
	is_object(methods)
	some operation in methods
	is_object(operation)
	integration := operation["x-amazon-apigateway-integration"]
	is_object(integration)
	kind := integration.type
}
