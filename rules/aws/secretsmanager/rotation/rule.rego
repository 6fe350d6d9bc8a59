# METADATA
# title: "Rotate secrets automatically"
# description: >-
#   A rotation schedule bounds how long a leaked value is of use.
# related_resources:
#   - https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
# custom:
#   id: secretsmanager-rotation
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.secretsmanager.rotation
#   remediation: >-
#     Add an `aws_secretsmanager_secret_rotation` (Terraform), an `AWS::SecretsManager::RotationSchedule`
#     (CloudFormation). Keys of third parties, which only they can change, deserve a suppression that says so.
#   frameworks: {"fsbp": ["SecretsManager.1"], "config": ["secretsmanager-rotation-enabled-check"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.9", "8.6.3"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV2_AWS_57"], "cfn_guard": ["SECRETSMANAGER_ROTATION_ENABLED_CHECK"]}
package sealint.aws.secretsmanager.rotation

deny contains {"path": "schedule", "message": "nothing rotates this secret: a leaked value stays valid"} if {
	not input.schedule
}
