# METADATA
# title: "Require encryption on voice connectors"
# description: >-
#   TLS and SRTP are optional. AWS default: required attribute.
# custom:
#   id: chime-voice-encryption
#   severity: high
#   precision: high
#   profile: default
#   view: aws.chime.voice_connector
#   remediation: Set `require_encryption = true`.
#   fix: { set: { require_encryption: true }, safe: false }
#   frameworks: {"nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
package sealint.aws.chime.voice_encryption

deny contains {"path": "require_encryption", "message": "calls may be signalled and carried in plain text"} if {
	not input.require_encryption
}
