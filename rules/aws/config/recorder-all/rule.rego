# METADATA
# title: "Record all resource types with AWS Config"
# description: >-
#   AWS Config shows what changed and when only for the types that the recorder covers, while it runs.
# custom:
#   id: config-recorder-all
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.config.configuration_recorder
#   remediation:
#     terraform: >-
#       Set `all_supported = true` in `recording_group`, `is_enabled = true` in
#       `aws_config_configuration_recorder_status`, and `all_regions = true` in an aggregator.
#     cloudformation: "Set `AllSupported: true` in `RecordingGroup`, and `AllAwsRegions: true` in an aggregator."
#   frameworks: {"fsbp": ["Config.1"], "cis_aws": ["v3.0/3.3", "v5.0/3.3", "v6.0/4.3"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV2_AWS_45", "CKV2_AWS_48", "CKV_AWS_121"], "trivy": ["AWS-0019"]}
package sealint.aws.config.recorder_all

deny contains {"path": "all_types", "message": "the recorder leaves out types of resources: what changes there is not recorded"} if {
	input.group
	not input.all_types
	not input.strategy == "ALL_SUPPORTED_RESOURCE_TYPES"
}

deny contains {"path": "recording", "message": "the recorder is off: no change is recorded"} if {
	not input.recording
}

deny contains {"path": ["all_regions", i, "value"], "message": "the aggregator leaves out regions"} if {
	some i, item in input.all_regions
	not item.value
}
