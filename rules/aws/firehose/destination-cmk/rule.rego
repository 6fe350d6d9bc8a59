# METADATA
# title: "Encrypt objects that Firehose writes to S3 with a customer managed KMS key"
# description: >-
#   Without a key of its own the stream leaves encryption to the default of the bucket, which is a key that you cannot
#   withdraw. Destinations such as OpenSearch or Splunk write to S3 too: what they could not deliver.
# custom:
#   id: firehose-destination-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.firehose.delivery_stream
#   remediation:
#     terraform: >-
#       Name a customer managed key wherever the stream writes to S3: `kms_key_arn` in
#       `extended_s3_configuration` or in the `s3_configuration` of the destination.
#     cloudformation: >-
#       Name a customer managed key wherever the stream writes to S3:
#       `EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN` in `ExtendedS3DestinationConfiguration` or
#       in the `S3Configuration` of the destination.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.firehose.destination_cmk

import data.sealint.lib.key

deny contains {"path": ["buckets", i, "value", j, "key"], "message": "objects that the stream writes to S3 are not encrypted with a customer managed key"} if {
	some i, place in input.buckets
	some j, bucket in place.value
	not key.is_customer(bucket.key)
}
