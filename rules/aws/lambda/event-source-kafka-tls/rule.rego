# METADATA
# title: "Authenticate to Kafka event sources"
# description: >-
#   A self-managed Kafka cluster that lets the function in without credentials lets everyone in who reaches it.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html
# custom:
#   id: lambda-event-source-kafka-tls
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.lambda.kafka_source
#   remediation:
#     terraform: >-
#       Add a `source_access_configuration` of type `SASL_SCRAM_512_AUTH`, `BASIC_AUTH` or
#       `CLIENT_CERTIFICATE_TLS_AUTH`, whose URI is a secret.
#     cloudformation: >-
#       Add to `SourceAccessConfigurations` an item of type `SASL_SCRAM_512_AUTH`, `BASIC_AUTH` or
#       `CLIENT_CERTIFICATE_TLS_AUTH`, whose URI is a secret.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.lambda.event_source_kafka_tls

authenticates := {"SASL_SCRAM_512_AUTH", "SASL_SCRAM_256_AUTH", "BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH"}

deny contains {"path": "access", "message": "the function reads from Kafka without saying who it is"} if {
	input.self_managed
	not has_credentials
}

has_credentials if input.access[_].type in authenticates
