# METADATA
# title: "Record all management events, those of KMS too"
# description: >-
#   Management events are who changed what. A selector that leaves them out, or those of KMS, leaves nobody able to
#   tell who used or changed a key.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
# custom:
#   id: cloudtrail-management-events
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.management_events
#   remediation: >-
#     Record management events of every kind and source: `include_management_events = true`, `read_write_type = "All"`
#     and no `exclude_management_event_sources` (Terraform), `IncludeManagementEvents`, `ReadWriteType` and
#     `ExcludeManagementEventSources` (CloudFormation).
#   frameworks: {"config": ["cloudtrail-all-read-s3-data-event-check(related)"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"regula": ["FG_R00237"]}
package sealint.aws.cloudtrail.management_events

deny contains {"path": "selectors", "message": "the trail leaves out who changed what: no selector takes management events"} if {
	count(input.selectors) > 0
	count([selector | some selector in input.selectors; selector.management]) == 0
}

deny contains {"path": ["selectors", i, "direction"], "message": message} if {
	some i, selector in input.selectors
	selector.management
	selector.direction != "All"
	not records_all
	message := sprintf("the trail takes only a part of the management events: %v", [selector.direction])
}

deny contains {"path": ["selectors", i, "excluded"], "message": message} if {
	some i, selector in input.selectors
	selector.management
	some source in selector.excluded
	message := sprintf("the trail leaves out what is done with %v", [source])
}

deny contains {"path": "advanced", "message": "the trail leaves out who changed what: no selector takes management events"} if {
	count(input.advanced) > 0
	count([selector | some selector in input.advanced; is_management(selector)]) == 0
}

deny contains {"path": ["advanced", i, "fields", j, "not_equals"], "message": message} if {
	some i, selector in input.advanced
	is_management(selector)
	some j, field in selector.fields
	field.field == "eventSource"
	some source in field.not_equals
	message := sprintf("the trail leaves out what is done with %v", [source])
}

is_management(selector) if {
	some field in selector.fields
	field.field == "eventCategory"
	"Management" in field.equals
}

records_all if {
	some selector in input.selectors
	selector.management
	selector.direction == "All"
}
