# METADATA
# title: "Rotate secrets automatically"
# description: >-
#   A secret that leaked is worth something until it changes. A rotation schedule bounds that time. AWS default:
#   secrets are never rotated.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   id: secretsmanager-rotation
#   severity: medium
#   precision: medium
#   profile: strict
#   view: aws.secretsmanager.rotation
#   remediation:
#     terraform: >-
#       Add an `aws_secretsmanager_secret_rotation`. Suppress the finding for keys that a third party gives
#       out.
#     cloudformation: >-
#       Add an `AWS::SecretsManager::RotationSchedule`. Suppress the finding for keys that a third party
#       gives out.
#   frameworks: {"fsbp": ["SecretsManager.1"], "config": ["secretsmanager-rotation-enabled-check"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.9", "8.6.3"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV2_AWS_57"]}
#   related: {"cfn_guard": ["SECRETSMANAGER_ROTATION_ENABLED_CHECK"]}
package sealint.aws.secretsmanager.rotation

deny contains {"path": "rotates", "message": "the secret is never rotated: whoever has learnt it keeps it"} if {
	not input.rotates
	not rotates_attached
}

rotates_attached if {
	input.attached
	input.schedules_of_attachments[_].value.here
}
