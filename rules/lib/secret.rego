# Literal secrets, told by the name and the look of a value.
package sealint.lib.secret

# The name says that the value is a secret, and the value is not a reference to one.
is_literal(name, value) if {
	is_string(value)
	is_named(name)
	count(value) >= 6
	not is_reference(value)
	not is_word(value)
	not is_amount(name, value)
	not is_key_id(name, value)
}

# Some secrets need no name. Most texts hold none, which one replacement of all words tells.
is_literal(_, value) if {
	is_string(value)
	value != strings.replace_n(
		{
			"AKIA": "",
			"ASIA": "",
			"-----BEGIN ": "",
			"://": "",
			"ghp_": "",
			"gho_": "",
			"ghu_": "",
			"ghs_": "",
			"ghr_": "",
			"github_pat_": "",
			"glpat-": "",
			"npm_": "",
			"xox": "",
			"k_live_": "",
		},
		value,
	)
	is_marked(value)
}

is_marked(text) if {
	has_key_id(text)
	not endswith(text, "EXAMPLE")
}

is_marked(text) if has_private_key(text)

is_marked(text) if has_service_token(text)

# `postgres://app:PASSWORD@db.internal/app`
is_marked(text) if {
	regex.match(`^[a-z][a-z0-9+.-]*://[^/:@\s]*:[^@/\s$<{(\x{fffd}][^@/\s$<{(\x{fffd}]{3,}@`, text)
}

# The name of a secret, not of something about a secret: what it is called last says what it is. `DB_PASSWORD` and
# `apiToken_2` are secrets, `PASSWORD_POLICY`, `TOKEN_TABLE` and `AUTHOR` are not.
is_named(name) if {
	says_secret(name)
	regex.match(`(?i)(passwords?|passwd|passphrase|(^|[_./-])pass|(^|[_./-])(pg)?pwd|secrets?|tokens?|credentials?|ECS_ENGINE_AUTH_DATA|(^|[_./-])(basic|redis|docker|registry|http|proxy)?[_-]?auth|(api|private|secret|access|signing|encryption|master|shared|hmac|license)[_.-]?keys?)([_./-]?(value|base|plain|plaintext|text|string|json|b64|base64|old|new|current|default|prod|production|dev|development|test|staging|stage|qa|main|primary|secondary|rw|ro|v?[0-9]+))*$`, name)
}

# A text that loses something when these words are replaced has one of them. A loop over them takes far longer.
says_secret(name) if {
	text := lower(name)
	text != strings.replace_n(
		{"pass": "", "pwd": "", "secret": "", "token": "", "key": "", "credential": "", "auth": ""},
		text,
	)
}

# How many tokens a model may use.
is_amount(name, value) if {
	endswith(lower(name), "tokens")
	regex.match(`^[0-9]+$`, value)
}

# The id of a KMS key is what it is called, not what it is.
is_key_id(name, value) if {
	regex.match(`(?i)(encryption|signing|master)[_.-]?key`, name)
	regex.match(`^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`, value)
}

# Tokens that their makers marked, so that they are found when they leak: of GitHub, GitLab, npm, Slack and Stripe.
has_service_token(text) if {
	text != strings.replace_n(
		{
			"ghp_": "",
			"gho_": "",
			"ghu_": "",
			"ghs_": "",
			"ghr_": "",
			"github_pat_": "",
			"glpat-": "",
			"npm_": "",
			"xox": "",
			"k_live_": "",
		},
		text,
	)
	regex.match(`(^|[^A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60}|glpat-[A-Za-z0-9_-]{20}|npm_[A-Za-z0-9]{36}|xox[abp]-[0-9]{8,}-[A-Za-z0-9-]{16,}|[rs]k_live_[A-Za-z0-9]{16})`, text)
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

# Where programs look it up: `ssm:/app/password`, `vault:secret/data/app#password`.
is_reference(value) if regex.match(`^(aws-?)?(ssm|secretsmanager|vault|sops|kms)(-?[a-z]+)?:/{0,3}[A-Za-z0-9/_.#:?=-]+$`, value)

# What KMS has encrypted already: its ciphertexts start with the bytes 01 02 02.
is_reference(value) if regex.match(`^AQICA[A-Za-z0-9+/_-]{35,}={0,2}$`, value)

is_reference(value) if startswith(value, "/")

# A variable that a shell or the program puts in: `${DB_PASSWORD}`, `$(DB_PASSWORD)`.
is_reference(value) if {
	startswith(value, "$")
	regex.match(`^\$(\{[A-Za-z_][A-Za-z0-9_.]*\}|\([A-Za-z_][A-Za-z0-9_]*\)|[A-Z_][A-Z0-9_]+)$`, value)
}

is_reference(value) if {
	startswith(value, "http")
	regex.match(`^https?://[^:@]*$`, value)
}

# `prod/orders/db`: what Secrets Manager calls it.
is_reference(value) if {
	contains(value, "/")
	regex.match(`^[a-z0-9_.-]+(/[a-z0-9_.-]+)+$`, value)
}

# Switches are no secrets.
is_word(value) if lower(value) in {"true", "false", "enabled", "disabled", "required", "optional", "secret", "none"}

# A text that has a credential somewhere: an access key id, a secret key, a private key, a token.
in_text(text) if has_key_id(text)

in_text(text) if regex.match(`(?i)aws_?secret_?(access_?)?key['"]?\s*[:=]\s*['"]?[A-Za-z0-9/+]{40}`, text)

in_text(text) if has_private_key(text)

in_text(text) if has_service_token(text)

# A password that a script sets: `export DB_PASSWORD=…`, not one that it computes, reads or is given.
in_text(text) if {
	some line in regex.split(`[\n;]|&&`, text)
	regex.match(`(?i)(^|[\s_])(export\s+)?[a-z0-9_]*(password|passwd|secret_?key|api_?key|auth_?token)\s*=\s*['"]?[^\s'"$<{(\x{fffd}][^\s'"]{5,}`, line)
	not regex.match(`[$<{(\x{fffd}]`, substring(line, indexof(line, "="), -1))
}

# A JSON object in which an entry is called a secret and is one.
in_json(text) if {
	startswith(text, "{")
	json.is_valid(text)
	some name, value in json.unmarshal(text)
	is_literal(name, value)
	not contains(value, "\ufffd")
}
