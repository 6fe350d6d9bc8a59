# Who reaches a key, from the facts of its policy.
package sealint.lib.access

# A service may decrypt and make data keys under this policy.
delivers(policy, service) if {
	reaches(policy.reach.decrypt, service)
	makes_data_keys(policy, service)
}

# A service may make data keys under this policy.
makes_data_keys(policy, service) if reaches(policy.reach.encrypt, service)

reaches(rows, service) if {
	some row in rows
	row.kind == "service"
	is_service(row.principal, service)
}

# Everyone, as far as no condition on the caller's account excludes services.
reaches(rows, _) if {
	some row in rows
	row.kind == "everyone"
}

is_service(principal, service) if principal == service

# Some services have principals of their regions: logs.eu-west-1.amazonaws.com.
is_service(principal, service) if {
	name := split(service, ".")[0]
	startswith(principal, concat("", [name, "."]))
	contains(principal, ".amazonaws.com")
}
