# METADATA
# title: "Encrypt topics with KMS"
# description: >-
#   SNS uses disk encryption of its own only; server-side encryption with KMS starts when a key is
#   named. AWS default: No server-side encryption (only disk encryption inside the service).
# custom:
#   id: sns-sse
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.sns.topic
#   remediation:
#     terraform: >-
#       Name a key: `kms_master_key_id`. `alias/aws/sns` will do where no service of AWS publishes to the
#       topic.
#     cloudformation: >-
#       Name a key: `KmsMasterKeyId`. `alias/aws/sns` will do where no service of AWS publishes to the topic.
#   frameworks: {"fsbp": ["SNS.1"], "config": ["sns-encrypted-kms"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_26"], "trivy": ["AWS-0095"], "cfn_nag": ["W47"], "cfn_guard": ["SNS_ENCRYPTED_KMS"]}
package sealint.aws.sns.sse

deny contains {"path": "encrypted", "message": "messages lie in the topic without encryption"} if {
	not input.encrypted
}
