# METADATA
# title: "Encrypt objects that Firehose writes to S3 with a customer managed KMS key"
# description: >-
#   With an own KMS key you decide who may decrypt objects that Firehose writes to S3, can cut access
#   off at once by disabling the key, and see each use in CloudTrail. AWS default: Default encryption of
#   the bucket.
# custom:
#   id: firehose-destination-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.firehose.delivery_stream
#   remediation: >-
#     Encrypt objects that Firehose writes to S3 with a customer managed KMS key:
#     `extended_s3_configuration.kms_key_arn = <kms key arn>` (Terraform),
#     `ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN = <kms
#     key arn>` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.firehose.destination_cmk

import data.sealint.lib.key

deny contains {"path": ["kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key"} if {
	some i, item in input.kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["s3_backup_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`s3_backup_configuration_kms_key_arn`)"} if {
	some i, item in input.s3_backup_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`s3_configuration_kms_key_arn`)"} if {
	some i, item in input.s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["opensearch_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`opensearch_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.opensearch_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["splunk_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`splunk_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.splunk_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["http_endpoint_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`http_endpoint_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.http_endpoint_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["snowflake_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`snowflake_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.snowflake_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["iceberg_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`iceberg_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.iceberg_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["elasticsearch_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`elasticsearch_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.elasticsearch_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["opensearchserverless_configuration_s3_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`opensearchserverless_configuration_s3_configuration_kms_key_arn`)"} if {
	some i, item in input.opensearchserverless_configuration_s3_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["redshift_configuration_s3_backup_configuration_kms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`redshift_configuration_s3_backup_configuration_kms_key_arn`)"} if {
	some i, item in input.redshift_configuration_s3_backup_configuration_kms_key_arn
	not key.is_customer(item.value)
}

deny contains {"path": ["awskms_key_arn", i, "value"], "message": "the delivery stream is not encrypted with a customer managed key (`awskms_key_arn`)"} if {
	some i, item in input.awskms_key_arn
	not key.is_customer(item.value)
}
