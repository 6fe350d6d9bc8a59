# METADATA
# title: "Encrypt traces with a customer managed KMS key"
# description: >-
#   Traces hold URLs, user ids and SQL; an own key controls who reads them. AWS default: type NONE means
#   the default key of X-Ray.
# custom:
#   id: xray-cmk
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.xray.encryption_config
#   remediation: Set `type = "KMS"` and name a customer managed key as `key_id`.
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.xray.cmk

import data.sealint.lib.key

deny contains {"path": "key", "message": "what X-Ray keeps of traces is not encrypted with a customer managed key"} if {
	not key.is_customer(input.key)
}
