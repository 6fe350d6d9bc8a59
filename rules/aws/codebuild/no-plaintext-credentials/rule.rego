# METADATA
# title: "Keep credentials out of build projects"
# description: >-
#   Variables of a project show in the console, in API answers and in the state, and whoever starts a build can print
#   them. A URL with a token is in the log of each build.
# custom:
#   id: codebuild-no-plaintext-credentials
#   severity: high
#   precision: high
#   profile: default
#   view: aws.codebuild.source
#   remediation: >-
#     Connect the repository by a connection or a secret; keep secrets in variables of the type `SECRETS_MANAGER` or
#     `PARAMETER_STORE`.
#   frameworks: {"fsbp": ["CodeBuild.1", "CodeBuild.2"], "config": ["codebuild-project-envvar-awscred-check", "codebuild-project-source-repo-url-check"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"cfn_guard": ["CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK", "CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK"]}
package sealint.aws.codebuild.no_plaintext_credentials

import data.sealint.lib.secret

deny contains {"path": ["locations", i, "value"], "message": "the URL of the repository holds credentials"} if {
	some i, location in input.locations
	is_string(location.value)
	regex.match(`^https?://[^/@]+@`, location.value)
}

deny contains {"path": ["environment", i, "value"], "message": message} if {
	some i, variable in input.environment
	variable.kind == "PLAINTEXT"
	secret.is_literal(variable.name, variable.value)
	not contains(variable.value, "\ufffd")
	message := sprintf("the environment variable %v holds a secret", [variable.name])
}
