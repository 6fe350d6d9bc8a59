# METADATA
# title: "Attach a security configuration to Glue jobs"
# description: >-
#   Crawlers, jobs and endpoints use it only when named.
# custom:
#   id: glue-uses-security-configuration
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.glue.job
#   remediation:
#     terraform: "Name a security configuration: `security_configuration`."
#     cloudformation: >-
#       Name a security configuration: `SecurityConfiguration` of a job, `CrawlerSecurityConfiguration` of a
#       crawler.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_195"]}
package sealint.aws.glue.uses_security_configuration

deny contains {"path": "security_configuration", "message": "output, logs and bookmarks are not encrypted with a key: no security configuration is named"} if {
	not input.security_configuration
}
