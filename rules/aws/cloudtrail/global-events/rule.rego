# METADATA
# title: "Include global service events"
# description: >-
#   IAM, STS and CloudFront events are global. A trail that leaves them out does not show who was given access. AWS
#   default: true.
# custom:
#   id: cloudtrail-global-events
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `include_global_service_events = true`.
#     cloudformation: "Set `IncludeGlobalServiceEvents: true`."
#   fix: { set: { include_global_service_events: true }, safe: true }
#   frameworks: {"cis_aws": ["v3.0/3.1", "v5.0/3.1"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.cloudtrail.global_events

deny contains {"path": "include_global_service_events", "message": "the trail leaves out IAM, STS and other global services"} if {
	not input.include_global_service_events
}
