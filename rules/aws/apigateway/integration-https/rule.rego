# METADATA
# title: "Call HTTP backends over HTTPS and verify them"
# description: >-
#   An API that ends TLS at the gateway and calls its backend over HTTP sends everything on in clear.
# related_resources:
#   - https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
# custom:
#   id: apigateway-integration-https
#   severity: high
#   precision: high
#   profile: default
#   view: aws.apigateway.integration
#   remediation: >-
#     Call the backend by an `https://` address, and leave verification on.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.apigateway.integration_https

deny contains {"path": "uri", "message": "the API calls its backend over plain HTTP"} if {
	startswith(lower(input.uri), "http://")
	not input.vpc_link
}

deny contains {"path": "skips_verification", "message": "the API takes any certificate for its backend's"} if {
	input.skips_verification
}

extension := "x-amazon-apigateway-integration"

# Integrations of a definition by path and method.
defined contains {"path": path, "method": method, "integration": integration} if {
	is_object(input.paths)
	some path, methods in input.paths
	is_object(methods)
	some method, operation in methods
	is_object(operation)
	integration := operation[extension]
	is_object(integration)
}

deny contains {
	"path": ["paths", found.path, found.method, extension, "uri"],
	"message": "the API calls its backend over plain HTTP",
} if {
	some found in defined
	is_string(found.integration.uri)
	startswith(lower(found.integration.uri), "http://")
	not found.integration.connectionId
}

deny contains {
	"path": ["paths", found.path, found.method, extension, "tlsConfig", "insecureSkipVerification"],
	"message": "the API takes any certificate for its backend's",
} if {
	some found in defined
	is_object(found.integration.tlsConfig)
	found.integration.tlsConfig.insecureSkipVerification == true
}
