# Accounts of principals.
package sealint.lib.account

# The account of an ARN, or an account id that stands by itself; empty where there is none to see.
of(principal) := principal if is_id(principal)

of(principal) := id if {
	id := split(principal, ":")[4]
	is_id(id)
}

of(principal) := "" if {
	not is_id(principal)
	not is_id(split(principal, ":")[4])
}

is_id(text) if regex.match(`^[0-9]{12}$`, text)
