# What a setting of type `key` says: {"managed_by": "customer" | "aws", "id": …}.
package sealint.lib.key

# A key that the account's owner controls.
is_customer(key) if key.managed_by == "customer"
