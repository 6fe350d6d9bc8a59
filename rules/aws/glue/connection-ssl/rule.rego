# METADATA
# title: "Require TLS in JDBC connections"
# description: >-
#   A JDBC connection without enforced TLS carries credentials and rows in clear wherever the database allows it.
# related_resources:
#   - https://docs.aws.amazon.com/glue/latest/dg/connection-properties.html
# custom:
#   id: glue-connection-ssl
#   severity: high
#   precision: high
#   profile: default
#   view: aws.glue.connection
#   remediation: >-
#     Set the connection property `JDBC_ENFORCE_SSL` to `true`; of a connection to Kafka leave `KAFKA_SSL_ENABLED` out,
#     or set it to `true`.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.glue.connection_ssl

deny contains {"path": "enforce_ssl", "message": "the connection falls back to plain text where the database allows it"} if {
	input.type == "JDBC"
	not input.enforce_ssl
}

deny contains {"path": "kafka_ssl", "message": "the connection speaks plain text to Kafka"} if {
	input.type == "KAFKA"
	not input.kafka_ssl
}
