# METADATA
# title: "Allow decryption on named keys only"
# description: >-
#   kms:Decrypt or kms:ReEncryptFrom on * or on key/* opens every key whose policy trusts IAM:
#   a common answer to AccessDenied, and too wide a one. AWS default: n/a.
# custom:
#   id: iam-kms-decrypt-all-keys
#   severity: high
#   precision: high
#   profile: default
#   view: aws.iam.policy
#   implied_by: [iam-kms-admin-star]
#   remediation: >-
#     Name the ARNs of the keys as `Resource`. With `*`, only `kms:ResourceAliases` narrows which keys are meant, and
#     `kms:ViaService` how they are used.
#   frameworks: {"fsbp": ["KMS.1", "KMS.2"], "config": ["iam-customer-policy-blocked-kms-actions", "iam-inline-policy-blocked-kms-actions"], "nist-800-53-r5": ["AC-2", "AC-3", "AC-5", "AC-6"], "pci-dss-v4": ["7.2.2", "7.2.5"], "hipaa": ["164.308(a)(4)(ii)(B)", "164.312(a)(1)"]}
package sealint.aws.iam.kms_decrypt_all_keys

ids := {"IP01", "IP09", "IP10"}

deny contains {
	"path": sprintf("documents[%d].value.%s", [i, finding.path]),
	"message": finding.message,
	"severity": finding.severity,
} if {
	some i, item in input.documents
	some finding in item.value.findings
	finding.id in ids
	not is_implied(i, finding)
}

told contains [i, finding.id, finding.statement, finding.severity] if {
	some i, item in input.documents
	some finding in item.value.findings
}

# What is not excluded includes all keys, and all keys those of any account.
is_implied(i, finding) if {
	finding.id == "IP01"
	[i, "IP10", finding.statement, "high"] in told
}

is_implied(i, finding) if {
	finding.id == "IP09"
	some id in ["IP01", "IP10"]
	[i, id, finding.statement, "high"] in told
}
