# METADATA
# title: "Encrypt volumes of WorkSpaces Instances"
# description: >-
#   Encryption costs nothing and cannot be added to a volume later without a copy. AWS default:
#   Unencrypted, unless the account has EBS encryption by default on in that region.
# custom:
#   id: workspaces-instances-volumes-encrypted
#   severity: high
#   precision: high
#   profile: default
#   view: aws.ec2.volume
#   remediation: "Set `Encrypted: true`."
#   frameworks: {"nist-800-53-r5": ["SC-28", "SC-28(1)", "SC-13", "SC-12"], "pci-dss-v4": ["3.5.1"], "hipaa": ["164.312(a)(2)(iv)"]}
package sealint.aws.ec2.workspaces_instances_volumes_encrypted

deny contains {"path": ["workspaces_encrypted", i, "value"], "message": "a volume of the WorkSpaces instance is not encrypted"} if {
	some i, item in input.workspaces_encrypted
	not item.value
}
