# METADATA
# title: "Let RDS keep the master password in Secrets Manager"
# description: >-
#   manage_master_user_password makes and rotates the password and never shows it in state. AWS default:
#   none.
# custom:
#   id: rds-managed-master-password
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation: >-
#     Let RDS keep the master password in Secrets Manager: `manage_master_user_password = true`
#     (Terraform), `ManageMasterUserPassword = true` (CloudFormation).
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"cfn_nag": ["F23", "F24", "F34", "F35", "F70"], "cfn_guard": ["RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "RDS_MASTER_USER_NAME_NO_PLAINTEXT_PASSWORD"]}
package sealint.aws.rds.managed_master_password

deny contains {"path": "password", "message": message} if {
	secret := input.password
	not secret.protected
	message := sprintf("`password` is not kept secret: it comes from a %v", [secret.source])
}

deny contains {"path": ["admin_user_password", i, "value"], "message": message} if {
	some i, item in input.admin_user_password
	secret := item.value
	not secret.protected
	message := sprintf("`admin_user_password` is not kept secret: it comes from a %v", [secret.source])
}
