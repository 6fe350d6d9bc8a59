# METADATA
# title: "Encrypt traffic between OpenSearch nodes"
# description: >-
#   Needed for fine-grained access control too. AWS default: false.
# custom:
#   id: opensearch-node-to-node
#   severity: high
#   precision: high
#   profile: default
#   view: aws.opensearch.domain
#   remediation:
#     terraform: Set `enabled = true` in `node_to_node_encryption`.
#     cloudformation: "Set `Enabled: true` in `NodeToNodeEncryptionOptions`."
#   frameworks: {"fsbp": ["Opensearch.3", "ES.3"], "config": ["opensearch-node-to-node-encryption-check", "elasticsearch-node-to-node-encryption-check"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_6"], "trivy": ["AWS-0043"], "cfn_nag": ["W85"], "cfn_guard": ["OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK", "ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK"]}
package sealint.aws.opensearch.node_to_node

deny contains {"path": ["node_to_node", i, "value"], "message": "nodes exchange data in plain text"} if {
	some i, item in input.node_to_node
	not item.value
}
