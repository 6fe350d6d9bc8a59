# METADATA
# title: "Run only signed code"
# description: >-
#   With a code signing configuration Lambda deploys only packages that a trusted publisher signed and nobody changed
#   since.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
# custom:
#   id: lambda-code-signing
#   severity: low
#   precision: high
#   profile: strict
#   view: aws.lambda.code
#   remediation:
#     terraform: "Name a code signing configuration: `code_signing_config_arn`."
#     cloudformation: "Name a code signing configuration: `CodeSigningConfigArn`."
#   frameworks: {"nist-800-53-r5": ["CP-9", "SI-12", "AC-3"], "pci-dss-v4": ["10.3.3"], "hipaa": ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"]}
#   aliases: {"checkov": ["CKV_AWS_272"]}
package sealint.aws.lambda.code_signing

deny contains {"path": "signing", "message": "the function runs code that nobody has signed"} if {
	input.package == "Zip"
	not input.image
	not input.signing
}
