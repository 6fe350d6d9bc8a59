# METADATA
# title: "Encrypt Redshift clusters"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. AWS default: Encrypted by default
#   for clusters made since January 2025 (and by Terraform provider 6); false before.
# custom:
#   id: redshift-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.redshift.cluster
#   remediation:
#     terraform: Set `encrypted = true`.
#     cloudformation: "Set `Encrypted: true`."
#   fix: { set: { encrypted: true }, safe: false }
#   frameworks: {"fsbp": ["Redshift.10"], "config": ["redshift-cluster-configuration-check"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_64"], "trivy": ["AWS-0084"], "cfn_nag": ["F28"], "cfn_guard": ["REDSHIFT_CLUSTER_CONFIGURATION_CHECK"]}
package sealint.aws.redshift.encrypted

deny contains {"path": "encrypted", "message": "the storage of the cluster is not encrypted"} if {
	not input.encrypted
}
