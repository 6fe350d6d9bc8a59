# METADATA
# title: "Record management events and all KMS calls"
# description: >-
#   Selectors can leave management events out, or the calls of KMS among them. Then nobody can say who used,
#   changed or deleted a key. AWS default: all management events are recorded, unless advanced selectors name
#   other events only.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
# custom:
#   id: cloudtrail-management-events
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.cloudtrail.management_events
#   remediation:
#     terraform: >-
#       Let one trail record all management events: `read_write_type = "All"`, `include_management_events =
#       true` and no `exclude_management_event_sources` in `event_selector`.
#     cloudformation: >-
#       Let one trail record all management events: `ReadWriteType: All`, `IncludeManagementEvents: true` and
#       no `ExcludeManagementEventSources` in `EventSelectors`.
#   frameworks: {"nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   related: {"regula": ["FG_R00237"]}
package sealint.aws.cloudtrail.management_events

directions := {"All": {"read", "write"}, "ReadOnly": {"read"}, "WriteOnly": {"write"}}

deny contains {"path": place, "message": sprintf("management events are not all recorded: %v", [concat(", ", sort(missing))])} if {
	missing := gaps(input.own.selectors, input.own.advanced)
	count(missing) > 0
	not some_trail_records_all
	not leaves_it_to_another
}

some_trail_records_all if {
	some i, selectors in input.all.selectors
	count(gaps(selectors.value, input.all.advanced[i].value)) == 0
}

# This trail is for other events, and another one records management events, if not all.
leaves_it_to_another if {
	count(recorded(input.own.selectors, input.own.advanced)) == 0
	some i, selectors in input.all.selectors
	count(recorded(selectors.value, input.all.advanced[i].value)) > 0
}

place := "own.advanced" if count(input.own.advanced) > 0

place := "own.selectors" if count(input.own.advanced) == 0

# What a trail with these selectors leaves out.
gaps(selectors, advanced) := set() if {
	count(selectors) == 0
	count(advanced) == 0
}

gaps(selectors, advanced) := directions_missing(selectors, advanced) | basic_exclusions(selectors) if {
	count(selectors) > 0
	count(advanced) == 0
}

gaps(selectors, advanced) := directions_missing(selectors, advanced) | advanced_exclusions(advanced) if {
	count(advanced) > 0
}

directions_missing(selectors, advanced) := {sprintf("no %vs", [direction]) |
	some direction in {"read", "write"} - recorded(selectors, advanced)
}

# The directions in which a trail with selectors records management events.
recorded(selectors, advanced) := basic_directions(selectors) | advanced_directions(advanced)

basic_directions(selectors) := {direction |
	some selector in selectors
	selector.management
	some direction in directions[selector.direction]
}

basic_exclusions(selectors) := {sprintf("%v is excluded", [source]) |
	some selector in selectors
	selector.management
	some source in selector.excluded
}

advanced_directions(advanced) := {direction |
	some selector in advanced
	is_management(selector)
	some direction in selected_directions(selector)
}

selected_directions(selector) := {"read", "write"} if count(only(selector)) == 0

selected_directions(selector) := only(selector) if count(only(selector)) > 0

only(selector) := {{"true": "read", "false": "write"}[lower(value)] |
	some field in selector.fields
	field.field == "readOnly"
	some value in field.equals
}

is_management(selector) if {
	some field in selector.fields
	field.field == "eventCategory"
	"Management" in field.equals
}

advanced_exclusions(advanced) := {sprintf("%v is excluded", [source]) |
	some selector in advanced
	is_management(selector)
	some field in selector.fields
	field.field == "eventSource"
	some source in field.not_equals
}
