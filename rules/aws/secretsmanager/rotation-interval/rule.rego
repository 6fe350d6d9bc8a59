# METADATA
# title: "Rotate at least every 90 days"
# description: >-
#   Long intervals defeat the purpose.
# custom:
#   id: secretsmanager-rotation-interval
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.secretsmanager.rotation_schedule
#   remediation:
#     terraform: >-
#       Set `automatically_after_days = 90`, or a `schedule_expression` of at most that, in `rotation_rules`.
#     cloudformation: >-
#       Set `AutomaticallyAfterDays: 90`, or a `ScheduleExpression` of at most that, in `RotationRules`.
#   frameworks: {"fsbp": ["SecretsManager.4"], "config": ["secretsmanager-secret-periodic-rotation"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.9", "8.6.3"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_304"]}
#   parameters:
#     maximum_days:
#       type: integer
#       description: The longest time in days between two rotations.
#       default: 90
package sealint.aws.secretsmanager.rotation_interval

deny contains {"path": "automatically_after_days", "message": message} if {
	input.automatically_after_days > input.parameters.maximum_days
	message := sprintf("the secret rotates every %v days, more than %v", [input.automatically_after_days, input.parameters.maximum_days])
}

deny contains {"path": "schedule_expression", "message": message} if {
	days := rate_in_days(input.schedule_expression)
	days > input.parameters.maximum_days
	message := sprintf("the secret rotates every %v days, more than %v", [days, input.parameters.maximum_days])
}

deny contains {"path": "automatically_after_days", "message": "nothing says how often the secret rotates"} if {
	not input.automatically_after_days
	not input.schedule_expression
}

rate_in_days(expression) := days if {
	matched := regex.find_all_string_submatch_n(`^rate\(\s*([0-9]+)\s+days?\s*\)$`, expression, 1)
	days := to_number(matched[0][1])
}
