# METADATA
# title: "Encrypt Service Connect traffic"
# description: >-
#   Service Connect proxies speak plain unless a private CA is given. AWS default: Plain.
# custom:
#   id: ecs-service-connect-tls
#   severity: medium
#   precision: high
#   profile: strict
#   view: aws.ecs.cluster
#   remediation: >-
#     Encrypt Service Connect traffic.
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.ecs.service_connect_tls

deny contains {"path": ["aws_pca_authority_arn", i, "value"], "message": "`aws_pca_authority_arn` is not set"} if {
	some i, item in input.aws_pca_authority_arn
	not item.value
}
