# METADATA
# title: "Alarm on disabled keys and scheduled deletions"
# description: >-
#   A key that is scheduled for deletion can be saved for some days only, and a disabled one stops what depends
#   on it at once. A rule of EventBridge or a metric filter on DisableKey and ScheduleKeyDeletion tells in time.
#   AWS default: nobody is told.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html
# custom:
#   id: kms-deletion-alarm
#   severity: medium
#   precision: medium
#   profile: strict
#   view: aws.kms.deletion_watch
#   remediation: >-
#     Add an EventBridge rule, or a metric filter on the trail's log group with an alarm, that matches DisableKey
#     and ScheduleKeyDeletion of kms.amazonaws.com.
#   frameworks: {"cis_aws": ["v3.0/4.7", "v5.0/4.7", "v6.0/5.7"], "fsbp": ["CloudWatch.7"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
package sealint.aws.kms.deletion_alarm

calls := {"DisableKey", "ScheduleKeyDeletion"}

watched contains call if {
	some rule in input.rules
	is_array(rule.value.detail.eventName)
	some call in rule.value.detail.eventName
}

# A rule for KMS that names no calls, or has patterns for them, may match both.
watched contains call if {
	some rule in input.rules
	is_array(rule.value.source)
	"aws.kms" in rule.value.source
	not names_calls(rule.value)
	some call in calls
}

names_calls(pattern) if {
	is_array(pattern.detail.eventName)
	count(pattern.detail.eventName) > 0
	every name in pattern.detail.eventName {
		is_string(name)
	}
}

watched contains call if {
	some filter in input.filters
	some call in calls
	contains(filter.value, call)
}

deny contains {
	"path": [],
	"message": sprintf("there are keys, but nothing tells when someone calls %v", [concat(" or ", sort(missing))]),
} if {
	input.keys
	missing := calls - watched
	count(missing) > 0
}
