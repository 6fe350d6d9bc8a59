# METADATA
# title: "Turn on point-in-time recovery"
# description: >-
#   Restores to any second of the last 35 days. AWS default: Off.
# custom:
#   id: dynamodb-pitr
#   severity: medium
#   precision: very-high
#   profile: default
#   view: aws.dynamodb.table
#   remediation:
#     terraform: Set `enabled = true` in `point_in_time_recovery`.
#     cloudformation: "Set `PointInTimeRecoveryEnabled: true` in `PointInTimeRecoverySpecification`."
#   fix: { set: { pitr: true }, safe: true }
#   frameworks: {"fsbp": ["DynamoDB.2"], "config": ["dynamodb-pitr-enabled"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_28", "CKV_AWS_165"], "trivy": ["AWS-0024"], "cfn_nag": ["W78"], "regula": ["FG_R00106"], "cfn_guard": ["DYNAMODB_PITR_ENABLED"]}
package sealint.aws.dynamodb.pitr

deny contains {"path": "pitr", "message": "point-in-time recovery is off: a bad write cannot be undone"} if {
	not input.pitr
}

deny contains {"path": ["replicas", i, "pitr"], "message": "point-in-time recovery of a replica is off"} if {
	some i, replica in input.replicas
	not replica.pitr
}
