# METADATA
# title: "Turn on EBS encryption by default"
# description: >-
#   One regional switch makes every new volume and snapshot copy encrypted. AWS default: Off for most
#   accounts. The Terraform resource defaults enabled to true.
# custom:
#   id: ebs-encryption-by-default
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.ec2.ebs_encryption_by_default
#   remediation: Set `enabled = true`.
#   fix: { set: { enabled: true }, safe: true }
#   frameworks: {"fsbp": ["EC2.7"], "cis_aws": ["v3.0/2.2.1", "v5.0/5.1.1", "v6.0/6.1.1"], "config": ["ec2-ebs-encryption-by-default"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_106"]}
package sealint.aws.ec2.ebs_encryption_by_default

deny contains {"path": "enabled", "message": "new volumes are not encrypted unless each asks for it"} if {
	not input.enabled
}
