# Literal secrets, told by the name and the look of a value.
package sealint.lib.secret

# The name says that the value is a secret, and the value is not a reference to one.
is_literal(name, value) if {
	is_named(name)
	is_string(value)
	count(value) >= 6
	not is_reference(value)
	not is_word(value)
}

# The name of a secret, not of something about a secret.
is_named(name) if {
	says_secret(lower(name))
	not regex.match(`(?i)(arn|name|id|path|url|uri|ttl|expir|enabled|length|rotation|type|file|param|prefix)s?$`, name)
}

# Written out, since a loop over words takes longer.
says_secret(name) if contains(name, "password")

says_secret(name) if contains(name, "passwd")

says_secret(name) if contains(name, "secret")

says_secret(name) if contains(name, "token")

says_secret(name) if contains(name, "apikey")

says_secret(name) if contains(name, "api_key")

says_secret(name) if contains(name, "privatekey")

says_secret(name) if contains(name, "private_key")

says_secret(name) if contains(name, "credential")

says_secret(name) if contains(name, "auth")

# An access key id needs no name.
is_literal(_, value) if {
	is_string(value)
	has_key_id(value)
	not endswith(value, "EXAMPLE")
}

is_literal(_, value) if {
	is_string(value)
	has_private_key(value)
}

# Most texts hold none, and looking for a word is quicker than matching.
has_key_id(text) if {
	may_have_key_id(text)
	regex.match(`(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)`, text)
}

may_have_key_id(text) if contains(text, "AKIA")

may_have_key_id(text) if contains(text, "ASIA")

has_private_key(text) if {
	contains(text, "-----BEGIN ")
	regex.match(`-----BEGIN [A-Z ]*PRIVATE KEY-----`, text)
}

# A value that names where the secret is kept.
is_reference(value) if startswith(value, "arn:")

is_reference(value) if startswith(value, "{{resolve:")

is_reference(value) if startswith(value, "/")

is_reference(value) if {
	startswith(value, "http")
	regex.match(`^https?://[^:@]*$`, value)
}

# Switches are no secrets.
is_word(value) if lower(value) in {"true", "false", "enabled", "disabled", "required", "optional", "secret", "none"}

# A text that has a credential somewhere: an access key id, a secret key, a private key.
in_text(text) if has_key_id(text)

in_text(text) if regex.match(`(?i)aws_?secret_?(access_?)?key['"]?\s*[:=]\s*['"]?[A-Za-z0-9/+]{40}`, text)

in_text(text) if has_private_key(text)

# A password that a script sets: `export DB_PASSWORD=…`, not one that it computes, reads or is given.
in_text(text) if {
	some line in regex.split(`[\n;]|&&`, text)
	regex.match(`(?i)(^|[\s_])(export\s+)?[a-z0-9_]*(password|passwd|secret_?key|api_?key|auth_?token)\s*=\s*['"]?[^\s'"$<{(\x{fffd}][^\s'"]{5,}`, line)
	not regex.match(`[$<{(\x{fffd}]`, substring(line, indexof(line, "="), -1))
}
