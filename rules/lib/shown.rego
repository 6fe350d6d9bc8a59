# How a secret comes to be seen, from what a setting of type `secret` says of it.
package sealint.lib.shown

how(secret) := "stands in the code" if secret.source == "literal"

how(secret) := "stands in the code, as a placeholder that somebody will have to replace there" if {
	secret.source == "placeholder"
}

how(secret) := "comes from a parameter that is not marked as secret" if secret.source == "parameter"

how(secret) := "comes from a plain SSM parameter" if secret.source == "ssm"

how(secret) := "is shown in plans or stacks" if {
	not secret.source in {"literal", "placeholder", "parameter", "ssm"}
}
