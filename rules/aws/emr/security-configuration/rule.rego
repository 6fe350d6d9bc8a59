# METADATA
# title: "Encrypt EMR at rest and in transit"
# description: >-
#   Without a security configuration that turns both on, EMR writes intermediate data to unencrypted local disks and
#   shuffles it between nodes in plain text.
# related_resources:
#   - https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-data-encryption-options.html
# custom:
#   id: emr-security-configuration
#   severity: high
#   precision: high
#   profile: default
#   view: aws.emr.security_configuration
#   remediation:
#     terraform: >-
#       Name a security configuration, `security_configuration`, whose EncryptionConfiguration turns
#       encryption on at rest (S3 and local disks) and in transit.
#     cloudformation: >-
#       Name a security configuration, `SecurityConfiguration`, whose EncryptionConfiguration turns
#       encryption on at rest (S3 and local disks) and in transit.
#   frameworks: {"fsbp": ["EMR.3", "EMR.4"], "config": ["emr-security-configuration-encryption-rest", "emr-security-configuration-encryption-transit"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"cfn_guard": ["EMR_SECURITY_CONFIG_ENABLED_AND_CONFIGURED_RULE"]}
#   related: {"checkov": ["CKV_AWS_171", "CKV_AWS_349", "CKV_AWS_350", "CKV_AWS_351", "CKV2_AWS_55"], "trivy": ["AWS-0137", "AWS-0138", "AWS-0139"], "cfn_nag": ["W61"]}
package sealint.aws.emr.security_configuration

deny contains {"path": "named", "message": "the cluster has no security configuration: it encrypts nothing"} if {
	input.of == "cluster"
	not input.named
}

deny contains {"path": "at_rest.enabled", "message": "encryption at rest is off"} if {
	input.of == "document"
	not input.at_rest.enabled
}

deny contains {"path": "at_rest.s3_mode", "message": "data in S3 is left out of encryption at rest"} if {
	input.at_rest.enabled
	not input.at_rest.s3_mode
}

deny contains {"path": "at_rest.disk_provider", "message": "local disks are left out of encryption at rest"} if {
	input.at_rest.enabled
	not input.at_rest.disk_provider
}

deny contains {"path": "in_transit.enabled", "message": "encryption in transit is off: nodes exchange data in plain text"} if {
	input.of == "document"
	not input.in_transit.enabled
}
