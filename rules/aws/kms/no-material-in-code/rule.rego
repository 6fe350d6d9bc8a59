# METADATA
# title: "Keep key material, private keys and store passwords out of code"
# description: >-
#   A key that stands in the repository is known to everyone who can read it, in every version that ever was.
# related_resources:
#   - https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
# custom:
#   id: no-key-material-in-code
#   severity: critical
#   precision: high
#   profile: default
#   view: aws.kms.key_material
#   remediation: >-
#     Read the material from a secret store at deployment, or let AWS make the key.
#   frameworks: {"nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
package sealint.aws.kms.no_material_in_code

import data.sealint.lib.shown

deny contains {"path": ["material", i, "value"], "message": message} if {
	some i, item in input.material
	item.value.protected == false
	message := sprintf("%v %v", [input.subject, shown.how(item.value)])
}

deny contains {"path": ["proxy_secret", i, "value"], "message": message} if {
	some i, item in input.proxy_secret
	item.value.protected == false
	message := sprintf("the credential of the proxy %v", [shown.how(item.value)])
}
