# METADATA
# title: "Encrypt trail files and event data stores with a customer managed KMS key"
# description: >-
#   With a KMS key of your own you decide who may decrypt trail files and event data stores, can cut access off at once
#   by disabling the key, and see each use in CloudTrail. AWS default: SSE-S3; event data stores an AWS owned key.
# custom:
#   id: cloudtrail-cmk
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: "Name a customer managed key: `kms_key_id`."
#     cloudformation: "Name a customer managed key: `KMSKeyId`; of an event data store `KmsKeyId`."
#   frameworks: {"fsbp": ["CloudTrail.2", "CloudTrail.10"], "cis_aws": ["v3.0/3.5", "v5.0/3.5", "v6.0/4.5"], "config": ["cloud-trail-encryption-enabled", "event-data-store-cmk-encryption-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV_AWS_35", "CKV_AWS_294"], "trivy": ["AWS-0015"], "regula": ["FG_R00035"], "cfn_guard": ["CLOUD_TRAIL_ENCRYPTION_ENABLED"]}
package sealint.aws.cloudtrail.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": message} if {
	not key.is_customer(input.key)
	message := sprintf("%v not encrypted with a customer managed key", [input.subject])
}
