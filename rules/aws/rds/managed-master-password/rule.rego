# METADATA
# title: "Let the service keep the master password in Secrets Manager"
# description: >-
#   A password that the service makes itself is rotated, and nobody ever sees it: not in the code, not in the state,
#   not in the stack.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# custom:
#   id: rds-managed-master-password
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.rds.instance
#   remediation:
#     terraform: >-
#       Set `manage_master_user_password = true` and leave the password out; for Redshift
#       `manage_master_password`, for a serverless namespace `manage_admin_password`. If you must set one,
#       use `password_wo`, or read it from a secret.
#     cloudformation: >-
#       Set `ManageMasterUserPassword: true` and leave the password out; for Redshift `ManageMasterPassword`,
#       for a serverless namespace `ManageAdminPassword`. If you must set one, read it with
#       `{{resolve:secretsmanager:…}}`.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"cfn_nag": ["F23", "F24", "F34", "F35", "F70"], "cfn_guard": ["RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD", "RDS_MASTER_USER_NAME_NO_PLAINTEXT_PASSWORD"]}
package sealint.aws.rds.managed_master_password

import data.sealint.lib.shown

deny contains {"path": "password", "message": message} if {
	secret := input.password
	not secret.protected
	message := sprintf("the master password %v", [shown.how(secret)])
}

deny contains {"path": "password_wo", "message": message} if {
	secret := input.password_wo
	secret.source in {"literal", "placeholder"}
	message := sprintf("the master password %v", [shown.how(secret)])
}
