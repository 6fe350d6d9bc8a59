# METADATA
# title: "Encrypt OpenSearch domains at rest"
# description: >-
#   A leaked snapshot, disk or backup is unreadable without the key. AWS default: false.
# custom:
#   id: opensearch-at-rest
#   severity: high
#   precision: high
#   profile: default
#   view: aws.opensearch.domain
#   remediation:
#     terraform: Set `enabled = true` in `encrypt_at_rest`.
#     cloudformation: "Set `Enabled: true` in `EncryptionAtRestOptions`."
#   frameworks: {"fsbp": ["Opensearch.1", "ES.1"], "config": ["opensearch-encrypted-at-rest", "elasticsearch-encrypted-at-rest"], "nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
#   aliases: {"checkov": ["CKV_AWS_5"], "trivy": ["AWS-0048"], "cfn_nag": ["W54"], "cfn_guard": ["OPENSEARCH_ENCRYPTED_AT_REST", "ELASTICSEARCH_ENCRYPTED_AT_REST"]}
package sealint.aws.opensearch.at_rest

deny contains {"path": ["enabled", i, "value"], "message": "the domain is not encrypted at rest"} if {
	some i, item in input.enabled
	not item.value
}
