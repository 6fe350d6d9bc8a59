# METADATA
# title: "Bind services that write into a bucket to their source"
# description: >-
#   Without aws:SourceArn or aws:SourceAccount a service writes into the bucket for any account that
#   asks it to. AWS default: no policy.
# custom:
#   id: s3-bucket-policy-delivery-source
#   severity: high
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     Add a condition on aws:SourceArn or aws:SourceAccount.
package sealint.aws.s3.bucket_policy_delivery_source

ids := {"BP15"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
