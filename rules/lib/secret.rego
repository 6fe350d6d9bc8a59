# Literal secrets, told by the name and the look of a value.
package sealint.lib.secret

# The name says that the value is a secret, and the value is not a reference to one.
is_literal(name, value) if {
	is_string(value)
	says_secret(name)
	not is_of_secret(name)
	count(value) >= 6
	not is_reference(value)
	not is_word(value)
}

# An access key id and a private key need no name. Most texts hold none, which one replacement of all words tells.
is_literal(_, value) if {
	is_string(value)
	strings.replace_n({"AKIA": "", "ASIA": "", "-----BEGIN ": ""}, value) != value
	is_key(value)
}

is_key(text) if {
	has_key_id(text)
	not endswith(text, "EXAMPLE")
}

is_key(text) if has_private_key(text)

# The name of a secret, not of something about a secret.
is_named(name) if {
	says_secret(name)
	not is_of_secret(name)
}

# A text that loses something when these words are replaced has one of them. A loop over them takes far longer.
says_secret(name) if {
	text := lower(name)
	text != strings.replace_n(
		{
			"password": "",
			"passwd": "",
			"secret": "",
			"token": "",
			"apikey": "",
			"api_key": "",
			"privatekey": "",
			"private_key": "",
			"credential": "",
			"auth": "",
		},
		text,
	)
}

# What is not the secret, but says something of it.
is_of_secret(name) if {
	regex.match(`(?i)(arn|name|id|path|url|uri|ttl|expir|enabled|length|rotation|type|file|param|prefix)s?$`, name)
}

has_key_id(text) if {
	strings.replace_n({"AKIA": "", "ASIA": ""}, text) != text
	regex.match(`(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)`, text)
}

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
