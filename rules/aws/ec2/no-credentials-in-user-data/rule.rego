# METADATA
# title: "Keep AWS keys out of provider blocks, user data and template metadata"
# description: >-
#   Keys in user data are readable from the instance and by DescribeInstanceAttribute. AWS default: n/a.
# custom:
#   id: no-credentials-in-provider-or-userdata
#   severity: critical
#   precision: medium
#   profile: default
#   view: aws.ec2.user_data
#   remediation: >-
#     Give the instance a role, and read secrets at start.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"checkov": ["CKV_AWS_41", "CKV_AWS_46"], "trivy": ["AWS-0029", "AWS-0129"], "cfn_nag": ["W1"], "cfn_guard": ["CFN_AUTHENTICATION_RULE"]}
package sealint.aws.ec2.no_credentials_in_user_data

import data.sealint.lib.secret

deny contains {"path": "text", "message": "the user data holds credentials"} if {
	secret.in_text(input.text)
}
