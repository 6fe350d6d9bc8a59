# METADATA
# title: "Pass secrets to containers by reference"
# description: >-
#   Environment variables of a container show in the console, in API answers, in the state and in the process itself.
#   ECS and Batch can hand over a secret at the start instead.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
# custom:
#   id: ecs-env-no-secrets
#   severity: high
#   precision: medium
#   profile: default
#   view: aws.ecs.containers
#   remediation:
#     terraform: >-
#       Name the secret in `secrets` with `valueFrom` in place of `environment`, in the JSON of
#       `container_definitions` or `container_properties`.
#     cloudformation: Name the secret in `Secrets` with `ValueFrom` in place of `Environment`.
#   frameworks: {"fsbp": ["ECS.8"], "config": ["ecs-no-environment-secrets"], "nist-800-53-r5": ["IA-5", "IA-5(7)", "SC-28"], "pci-dss-v4": ["8.3.2", "8.6.2"], "hipaa": ["164.312(a)(2)(iv)", "164.312(d)"]}
#   aliases: {"trivy": ["AWS-0036"]}
package sealint.aws.ecs.env_no_secrets

import data.sealint.lib.secret

deny contains {"path": ["containers", i, "environment", j, "value"], "message": message} if {
	some i, container in input.containers
	some j, variable in container.environment
	secret.is_literal(variable.name, variable.value)
	not contains(variable.value, "\ufffd")
	message := sprintf("the environment variable %v holds a secret", [variable.name])
}
