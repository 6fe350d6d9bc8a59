# METADATA
# title: "Send the trail to CloudWatch Logs"
# description: >-
#   Metric filters and alarms need a log group.
# custom:
#   id: cloudtrail-cloudwatch-logs
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.cloudtrail.trail
#   remediation:
#     terraform: Set `cloud_watch_logs_group_arn` and `cloud_watch_logs_role_arn`.
#     cloudformation: Set `CloudWatchLogsLogGroupArn` and `CloudWatchLogsRoleArn`.
#   frameworks: {"fsbp": ["CloudTrail.5"], "config": ["cloud-trail-cloud-watch-logs-enabled"], "nist-800-53-r5": ["AU-2", "AU-3", "AU-9", "AU-12"], "pci-dss-v4": ["10.2.1", "10.3.2"], "hipaa": ["164.312(b)"]}
#   aliases: {"checkov": ["CKV2_AWS_10"], "trivy": ["AWS-0162"], "regula": ["FG_R00029"], "cfn_guard": ["CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED"]}
package sealint.aws.cloudtrail.cloudwatch_logs

deny contains {"path": "cloud_watch_logs_group_arn", "message": "no alarm can watch the trail: it does not write to a log group"} if {
	not input.cloud_watch_logs_group_arn
}
