# METADATA
# title: "Require MFA to delete versions of objects"
# description: >-
#   With MFA delete a stolen access key alone cannot destroy versions of objects. Only the root user can turn it on.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
# custom:
#   id: s3-bucket-mfa-delete
#   severity: info
#   precision: high
#   profile: strict
#   view: aws.s3.deletion
#   remediation:
#     terraform: Set `mfa_delete = "Enabled"` in `versioning_configuration` and pass `mfa`.
#     cloudformation: "Turn MFA delete on by the API as the root user: a template cannot."
#   frameworks: {"fsbp": ["S3.20"], "config": ["s3-bucket-mfa-delete-enabled"], "cis_aws": ["v3.0/2.1.2", "v5.0/2.1.2", "v6.0/3.1.2"], "nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"trivy": ["AWS-0170"]}
package sealint.aws.s3.bucket_mfa_delete

deny contains {"path": "mfa_delete", "message": "an access key alone is enough to destroy versions of objects"} if {
	input.mfa_delete != "Enabled"
	not input.lifecycle
}
