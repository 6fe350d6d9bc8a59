# METADATA
# title: "Record all regions"
# description: >-
#   An attacker works where nobody looks. AWS default: false.
# custom:
#   id: cloudtrail-multi-region
#   severity: high
#   precision: high
#   profile: default
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `is_multi_region_trail = true`.
#     cloudformation: "Set `IsMultiRegionTrail: true`."
#   fix: { set: { is_multi_region_trail: true }, safe: true }
#   frameworks: {"fsbp": ["CloudTrail.1"], "cis_aws": ["v3.0/3.1", "v5.0/3.1", "v6.0/4.1"], "config": ["multi-region-cloudtrail-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV_AWS_67"], "trivy": ["AWS-0014"], "cfn_guard": ["MULTI_REGION_CLOUD_TRAIL_ENABLED"]}
package sealint.aws.cloudtrail.multi_region

deny contains {"path": "is_multi_region_trail", "message": "the trail records one region only"} if {
	not input.is_multi_region_trail
}
