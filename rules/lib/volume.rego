# Volumes of an account that encrypts all new ones.
package sealint.lib.volume

# The configuration switches encryption by default on, and nowhere off: for the regions that it speaks of, AWS encrypts
# every new volume, whatever its own settings say.
# https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
are_encrypted_by_default(switches) if {
	count(switches) > 0
	count([off | some off in switches; not off.value]) == 0
}
