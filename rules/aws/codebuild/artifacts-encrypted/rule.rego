# METADATA
# title: "Keep encryption of build artifacts, logs and reports on"
# description: >-
#   encryption_disabled switches it off. AWS default: Encrypted.
# custom:
#   id: codebuild-artifacts-encrypted
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.codebuild.project
#   remediation:
#     terraform: Set `encryption_disabled = false` in `artifacts`.
#     cloudformation: "Set `EncryptionDisabled: false` in `Artifacts`."
#   frameworks: {"fsbp": ["CodeBuild.3", "CodeBuild.7"], "config": ["codebuild-project-artifact-encryption", "codebuild-project-s3-logs-encrypted", "codebuild-report-group-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_78", "CKV_AWS_311"], "trivy": ["AWS-0018"]}
package sealint.aws.codebuild.artifacts_encrypted

deny contains {"path": ["artifacts_unencrypted", i, "value"], "message": "artifacts or reports are not encrypted"} if {
	input.artifacts_type == "S3"
	some i, item in input.artifacts_unencrypted
	item.value == true
}

deny contains {
	"path": ["artifacts_unencrypted", i, "value"],
	"message": "encryption of artifacts is switched off, without effect as long as the project keeps none in S3",
	"severity": "info",
} if {
	input.artifacts_type != "S3"
	some i, item in input.artifacts_unencrypted
	item.value == true
}

deny contains {"path": ["secondary_artifacts_unencrypted", i, "value"], "message": "secondary artifacts are not encrypted"} if {
	some i, item in input.secondary_artifacts_unencrypted
	item.value == true
}

deny contains {"path": ["logs_unencrypted", i, "value"], "message": "build logs in S3 are not encrypted"} if {
	input.logs_status != "DISABLED"
	some i, item in input.logs_unencrypted
	item.value == true
}
