# METADATA
# title: "Require TLS for Redshift connections"
# description: >-
#   require_ssl decides for the whole cluster. AWS default: default.redshift-1.0: false;
#   default.redshift-2.0 (clusters since January 2025) and new serverless workgroups: true.
# custom:
#   id: redshift-require-ssl
#   severity: high
#   precision: high
#   profile: default
#   view: aws.redshift.parameter_group
#   remediation:
#     terraform: >-
#       Set the `parameter` `require_ssl` of the parameter group, or the `config_parameter` of a workgroup,
#       to `true`.
#     cloudformation: >-
#       Set `require_ssl` in the `Parameters` of the parameter group, or the `ConfigParameters` of a
#       workgroup, to `true`.
#   frameworks: {"fsbp": ["Redshift.2", "RedshiftServerless.2"], "config": ["redshift-require-tls-ssl", "redshift-serverless-workgroup-encrypted-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_105"]}
package sealint.aws.redshift.require_ssl

deny contains {"path": "require_ssl", "message": "the cluster accepts connections without TLS"} if {
	lower(input.require_ssl) != "true"
}

deny contains {"path": "require_ssl", "message": "the cluster accepts connections without TLS"} if {
	not input.require_ssl
	input.family == "redshift-1.0"
}
