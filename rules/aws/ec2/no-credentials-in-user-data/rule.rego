# METADATA
# title: "Keep AWS keys out of provider blocks, user data and template metadata"
# description: >-
#   Who may describe the instance, read the template or read the repository reads the keys as well. Keys in
#   provider blocks end up in the version history, which nobody rotates.
# related_resources:
#   - https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
# custom:
#   id: no-credentials-in-provider-or-userdata
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.ec2.user_data
#   remediation: >-
#     Give the instance a role (`iam_instance_profile`, `IamInstanceProfile`) and read secrets at start; let Terraform
#     take credentials from the environment or a profile.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_41", "CKV_AWS_46"], "trivy": ["AWS-0029", "AWS-0129"], "cfn_nag": ["W1"], "cfn_guard": ["CFN_AUTHENTICATION_RULE"]}
package sealint.aws.ec2.no_credentials_in_user_data

import data.sealint.lib.secret

deny contains {"path": "text", "message": "the user data holds credentials"} if secret.in_text(input.text)

deny contains {
	"path": ["metadata", name, field],
	"message": sprintf("the template's metadata holds credentials: `%v` of `%v`", [field, name]),
} if {
	is_object(input.metadata)
	some name, authentication in input.metadata
	is_object(authentication)
	some field in ["accessKeyId", "secretKey", "password"]
	is_written(authentication[field])
}

deny contains {
	"path": ["provider", field, i, "value"],
	"message": sprintf("the provider block holds the `%v` itself", [field]),
} if {
	some field, values in {"access_key": input.provider.access_key, "secret_key": input.provider.secret_key, "token": input.provider.token}
	some i, entry in values
	entry.value.source in {"literal", "placeholder"}
	not validates_nothing
}

validates_nothing if input.provider.skip_credentials_validation[_].value

is_written(value) if {
	is_string(value)
	value != ""
	not startswith(value, "{{resolve:")
}
