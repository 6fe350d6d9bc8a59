# METADATA
# title: "Enforce the workgroup settings"
# description: >-
#   Without enforcement the client settings win. AWS default: not enforced; in a `configuration` block of
#   Terraform: enforced.
# custom:
#   id: athena-workgroup-enforced
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.athena.work_group
#   remediation:
#     terraform: Set `enforce_workgroup_configuration = true` in `configuration`.
#     cloudformation: "Set `EnforceWorkGroupConfiguration: true` in `WorkGroupConfiguration`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_82"], "trivy": ["AWS-0007"]}
package sealint.aws.athena.workgroup_enforced

deny contains {
	"path": ["enforce_workgroup_configuration", i, "value"],
	"message": "the settings of a client win over those of the workgroup: a query may leave its results unencrypted",
} if {
	some i, item in input.enforce_workgroup_configuration
	not item.value
	not input.minimum
}
