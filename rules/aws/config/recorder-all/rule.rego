# METADATA
# title: "Record all resource types with AWS Config"
# description: >-
#   The recorder must be on and record all types. AWS default: Off.
# custom:
#   id: config-recorder-all
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.config.configuration_recorder
#   remediation: >-
#     Record all resource types with AWS Config: `recording_group.all_supported = true` (Terraform),
#     `RecordingGroup.AllSupported = true` (CloudFormation).
#   frameworks: {"fsbp": ["Config.1"], "cis_aws": ["v3.0/3.3", "v5.0/3.3", "v6.0/4.3"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV2_AWS_45", "CKV2_AWS_48", "CKV_AWS_121"], "trivy": ["AWS-0019"]}
package sealint.aws.config.recorder_all

deny contains {"path": ["all_supported", i, "value"], "message": "`all_supported` is not turned on"} if {
	some i, item in input.all_supported
	not item.value
}

deny contains {"path": ["all_regions", i, "value"], "message": "`all_regions` is not turned on"} if {
	some i, item in input.all_regions
	not item.value
}
