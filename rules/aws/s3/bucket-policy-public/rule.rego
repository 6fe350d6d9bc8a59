# METADATA
# title: "Keep the bucket policy from opening to everyone"
# description: >-
#   A wildcard principal, NotPrincipal or NotAction without a narrowing condition opens the bucket;
#   encryption with SSE-S3 does not help. AWS default: Owner only.
# custom:
#   id: s3-bucket-policy-public
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.s3.bucket_policy
#   remediation: >-
#     Name the principals, or narrow the statement with aws:PrincipalOrgID or aws:SourceVpce.
#   frameworks: {"fsbp": ["S3.2", "S3.3"], "config": ["s3-bucket-public-read-prohibited", "s3-bucket-public-write-prohibited"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_70", "CKV_AWS_283"], "cfn_nag": ["F9", "F16", "W20"], "regula": ["FG_R00210", "FG_R00211", "FG_R00279", "FG_R00277"], "cfn_guard": ["S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL", "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL", "S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION"]}
package sealint.aws.s3.bucket_policy_public

ids := {"BP18", "BP20"}

deny contains {
	"path": sprintf("policy.%s", [finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some finding in input.policy.findings
	finding.id in ids
}
