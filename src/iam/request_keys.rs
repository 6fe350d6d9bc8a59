//! Which condition keys only some requests to KMS have.
//!
//! A condition on a key that the requests of an action never have is decided: it holds if it holds where the key is
//! absent. Source: the service authorization reference of AWS KMS and "AWS KMS condition keys" (KMS developer guide).

use super::document::Condition;
use super::keys::Key;
use super::kms::ActionSet;

const fn all(names: &[&str]) -> ActionSet {
    let mut set = ActionSet::EMPTY;
    let mut i = 0;
    while i < names.len() {
        set = set.with(ActionSet::named(names[i]));
        i += 1;
    }
    set
}

/// The operations that take an encryption context, which a grant's constraint can ask for.
///
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
pub(super) const WITH_CONTEXT: [&str; 8] = [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
];

/// The requests that can carry or constrain an encryption context.
const CONTEXT_REQUESTS: ActionSet = all(&WITH_CONTEXT).with(all(&["CreateGrant", "RetireGrant"]));

const CREATE_GRANT: ActionSet = ActionSet::CREATE_GRANT;

/// Keys by their names, with the actions whose requests can have them. Keys that are not here, any request may have.
#[rustfmt::skip]
const ONLY: [(&str, ActionSet); 20] = [
    ("kms:BypassPolicyLockoutSafetyCheck", all(&["CreateKey", "PutKeyPolicy"])),
    ("kms:DataKeyPairSpec", all(&["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"])),
    ("kms:EncryptionContext:*", CONTEXT_REQUESTS),
    ("kms:EncryptionContextKeys", CONTEXT_REQUESTS),
    ("kms:ExpirationModel", all(&["ImportKeyMaterial"])),
    ("kms:GrantConstraintSourceArn", CREATE_GRANT),
    ("kms:GrantConstraintType", all(&["CreateGrant", "RetireGrant"])),
    ("kms:GrantIsForAWSResource", all(&["CreateGrant", "ListGrants", "RevokeGrant"])),
    ("kms:GrantOperations", CREATE_GRANT),
    ("kms:GranteePrincipal", CREATE_GRANT),
    ("kms:GranteeServicePrincipal", CREATE_GRANT),
    ("kms:PrimaryRegion", all(&["UpdatePrimaryRegion"])),
    ("kms:ReEncryptOnSameKey", all(&["ReEncryptFrom", "ReEncryptTo"])),
    ("kms:ReplicaRegion", all(&["ReplicateKey"])),
    ("kms:RetiringPrincipal", CREATE_GRANT),
    ("kms:RotationPeriodInDays", all(&["EnableKeyRotation"])),
    ("kms:ScheduleKeyDeletionPendingWindowInDays", all(&["ScheduleKeyDeletion"])),
    ("kms:ValidTo", all(&["ImportKeyMaterial"])),
    ("kms:WrappingAlgorithm", all(&["GetParametersForImport"])),
    ("kms:WrappingKeySpec", all(&["GetParametersForImport"])),
];

/// The actions whose requests can have a key; `None` if any request may have it.
pub fn carriers(key: &Key) -> Option<ActionSet> {
    let found = ONLY.binary_search_by(|(name, _)| (*name).cmp(key.name)).ok()?;
    ONLY.get(found).map(|(_, actions)| *actions)
}

/// The action of this name, with its prefix, if it is one of KMS.
pub fn action(name: &str) -> Option<ActionSet> {
    let (prefix, name) = name.split_once(':')?;
    let named = ActionSet::named(name);
    (prefix.eq_ignore_ascii_case("kms") && !named.is_empty()).then_some(named)
}

/// What is left of these actions without those that a condition keeps out, because their requests do not have its key.
pub fn possible(actions: ActionSet, condition: &Condition) -> ActionSet {
    let carriers = condition.known_key.and_then(carriers);
    match carriers.filter(|_| condition.fails_when_absent()) {
        Some(carriers) => actions & carriers,
        None => actions,
    }
}

#[cfg(test)]
mod tests {
    use super::{ONLY, carriers};
    use crate::iam::keys;

    #[test]
    fn the_table_is_sorted_and_names_keys_and_actions() {
        assert!(ONLY.is_sorted_by_key(|(name, _)| *name));
        for (name, actions) in ONLY {
            let key = keys::find(&name.replace('*', "x"));
            assert_eq!(key.map(|key| key.name), Some(name));
            assert_eq!(key.and_then(carriers), Some(actions));
            assert!(!actions.is_empty(), "{name}");
        }
    }
}
