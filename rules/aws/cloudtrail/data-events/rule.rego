# METADATA
# title: "Record data events of S3 and DynamoDB"
# description: >-
#   Trails record management events only: who read, changed or deleted objects and items stays unknown until the
#   trail selects data events.
# related_resources:
#   - https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
# custom:
#   id: cloudtrail-data-events
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudtrail.data_events
#   remediation: >-
#     Select data events of `AWS::S3::Object` (and of `AWS::DynamoDB::Table` where there are tables) for reads and
#     writes.
#   frameworks: {"fsbp": ["S3.22", "S3.23"], "cis": ["3.8", "3.9"], "config": ["cloudtrail-s3-dataevents-enabled", "cloudtrail-all-write-s3-data-event-check", "cloudtrail-all-read-s3-data-event-check"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   related: {"trivy": ["AWS-0171", "AWS-0172"], "regula": ["FG_R00354", "FG_R00355"], "cfn_guard": ["CLOUDTRAIL_S3_DATAEVENTS_ENABLED"]}
package sealint.aws.cloudtrail.data_events

directions := {"All": {"read", "write"}, "ReadOnly": {"read"}, "WriteOnly": {"write"}}

# What is recorded: the type of resources, the directions and which of them.
recorded contains {"type": resource.type, "directions": directions[selector.direction], "targets": resource.values} if {
	some trail in input.selectors
	some selector in trail.value
	some resource in selector.resources
}

recorded contains {"type": type.text, "directions": advanced_directions(selector), "targets": advanced_targets(selector)} if {
	some trail in input.advanced
	some selector in trail.value
	some type in equals(selector, "resources.type")
}

equals(selector, name) := [target |
	some field in selector.fields
	field.field == name
	some target in field.equals
]

advanced_directions(selector) := {"read", "write"} if count(equals(selector, "readOnly")) == 0

advanced_directions(selector) := {direction |
	some target in equals(selector, "readOnly")
	direction := {"true": "read", "false": "write"}[lower(target.text)]
} if {
	count(equals(selector, "readOnly")) > 0
}

# Without a field for the ARN, all of the type.
advanced_targets(selector) := [{"main": false, "text": "arn:aws:s3"}] if not names_arns(selector)

advanced_targets(selector) := [target |
	some field in selector.fields
	field.field == "resources.ARN"
	some target in array.concat(object.get(field, "equals", []), object.get(field, "starts_with", []))
] if {
	names_arns(selector)
}

names_arns(selector) if selector.fields[_].field == "resources.ARN"

# Where the trail says what it records.
place := "advanced" if is_advanced

place := "selectors" if not is_advanced

is_advanced if count(input.advanced[_].value) > 0

deny contains {"path": place, "message": "the trail records no data events of S3: reads and writes of objects leave no trace"} if {
	input.trail
	not records("AWS::S3::Object")
}

deny contains {"path": place, "message": sprintf("the trail records only one direction of the data events of S3: no %vs", [missing])} if {
	input.trail
	records("AWS::S3::Object")
	some missing in {"read", "write"} - {direction |
		some record in recorded
		record.type == "AWS::S3::Object"
		some direction in record.directions
	}
}

deny contains {"path": place, "message": "the trail records no data events of DynamoDB, and there are tables beside it"} if {
	input.trail
	input.tables
	records("AWS::S3::Object")
	not records("AWS::DynamoDB::Table")
}

deny contains {"path": [], "message": "no trail records who writes the objects of this bucket"} if {
	input.trails
	not is_covered
}

records(type) if {
	some record in recorded
	record.type == type
}

is_covered if {
	some record in recorded
	record.type == "AWS::S3::Object"
	"write" in record.directions
	some target in record.targets
	means_bucket(target)
}

means_bucket(target) if target.main

means_bucket(target) if regex.match(`^arn:[^:]*:s3(:::)?$`, target.text)
