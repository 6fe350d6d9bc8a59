# METADATA
# title: "Use TLS to the sources and targets of DMS"
# description: >-
#   DMS connects without TLS unless the endpoint asks for it, so whole databases travel in plain text during a
#   migration. Targets that are services of AWS, such as S3, DynamoDB, Kinesis and OpenSearch, are always reached over
#   TLS.
# related_resources:
#   - https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
# custom:
#   id: dms-endpoint-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.dms.endpoint
#   remediation:
#     terraform: >-
#       Set `ssl_mode` to `require`, or better `verify-full` with a certificate; for Kafka `security_protocol
#       = "ssl-encryption"` in `kafka_settings`.
#     cloudformation: >-
#       Set `SslMode` to `require`, or better `verify-full` with a certificate; for Kafka `SecurityProtocol:
#       ssl-encryption` in `KafkaSettings`.
#   frameworks: {"fsbp": ["DMS.9", "DMS.12"], "config": ["dms-endpoint-ssl-configured", "dms-redis-tls-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_49"]}
package sealint.aws.dms.endpoint_tls

# Services of AWS are reached over TLS, whatever is set.
aws_services := {"s3", "dynamodb", "kinesis", "redshift", "redshift-serverless", "opensearch", "elasticsearch", "neptune"}

of_its_own := {"kafka", "redis", "provider"}

# DMS takes `S3` as `s3`.
engine := lower(input.engine) if is_string(input.engine)

deny contains {"path": "tls", "message": "data travels between DMS and the database in plain text"} if {
	input.tls == "none"
	not engine in aws_services
	not engine in of_its_own
}

deny contains {"path": ["provider_tls", i, "value"], "message": "data travels between DMS and the database in plain text"} if {
	some i, item in input.provider_tls
	item.value == "none"
}

deny contains {"path": "kafka_protocol", "message": "data travels between DMS and Kafka in plain text"} if {
	engine == "kafka"
	input.kafka_protocol == "plaintext"
}

deny contains {"path": "redis_protocol", "message": "data travels between DMS and Redis in plain text"} if {
	engine == "redis"
	input.redis_protocol == "plaintext"
}
