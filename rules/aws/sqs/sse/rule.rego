# METADATA
# title: "Keep server-side encryption on for queues"
# description: >-
#   SSE-SQS is on by default since October 2022; false switches it off. AWS default: SSE-SQS on.
# custom:
#   id: sqs-sse
#   severity: high
#   precision: high
#   profile: default
#   view: aws.sqs.queue
#   remediation:
#     terraform: Set `sqs_managed_sse_enabled = true`.
#     cloudformation: "Set `SqsManagedSseEnabled: true`."
#   fix: { set: { sqs_managed_sse_enabled: true }, safe: true }
#   frameworks: {"fsbp": ["SQS.1"], "config": ["sqs-queue-encrypted"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_27"], "trivy": ["AWS-0096"], "cfn_nag": ["W48"]}
package sealint.aws.sqs.sse

deny contains {"path": "sqs_managed_sse_enabled", "message": "messages lie in the queue without encryption"} if {
	input.sqs_managed_sse_enabled == false
	not input.has_key
}
