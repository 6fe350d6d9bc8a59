# METADATA
# title: "Encrypt Athena query results"
# description: >-
#   Query results copy the most sensitive rows. AWS default: Default encryption of the bucket (SSE-S3
#   since 2023).
# custom:
#   id: athena-workgroup-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.athena.work_group
#   remediation:
#     terraform: >-
#       Set `encryption_option = "SSE_KMS"` and `kms_key_arn` in
#       `result_configuration.encryption_configuration`.
#     cloudformation: "Set `EncryptionOption: SSE_KMS` and `KmsKey` in `ResultConfiguration.EncryptionConfiguration`."
#   frameworks: {"fsbp": ["Athena.1(retired)"], "config": ["athena-workgroup-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_159"], "trivy": ["AWS-0006"]}
#   parameters:
#     accepted_options:
#       type: strings
#       description: The ways to encrypt results that are accepted. Without SSE_S3, a key of KMS is asked for.
#       default: [SSE_S3, SSE_KMS, CSE_KMS]
package sealint.aws.athena.workgroup_encrypted

deny contains {"path": ["encryption_option", i, "value"], "message": message} if {
	some i, item in input.encryption_option
	value := item.value
	not value in input.parameters.accepted_options
	message := sprintf("query results are encrypted by %v, which is not accepted", [value])
}

deny contains {"path": ["encryption_option", i, "value"], "message": "query results are encrypted only as their bucket is"} if {
	not input.managed
	some i, item in input.encryption_option
	not item.value
}
