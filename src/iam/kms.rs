//! The actions of KMS: what they do and where they count.
//!
//! Source: the service authorization reference of AWS KMS and the API permissions table of the KMS developer guide
//! (docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html).

use std::sync::LazyLock;

use super::pattern::Pattern;

/// The most bytes of a key policy (KMS resource quotas).
pub const MAX_KEY_POLICY_BYTES: usize = 32_768;

/// One action.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its name without `kms:`.
    pub name: &'static str,
    /// What sort of work it does.
    pub class: Class,
    /// What it does to data.
    pub data: Data,
    flags: u8,
}

/// What an action is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Uses the key on data.
    Cryptographic,
    /// Changes who may use it.
    Policy,
    /// Hands on or takes away use.
    Grant,
    /// Makes data unreadable or weakens the key.
    Destructive,
    /// Manages the key.
    Administer,
    /// Looks at metadata.
    Read,
}

/// What an action does to data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Data {
    /// Nothing.
    None,
    /// Reveals it, or moves it to where it can be revealed.
    Decrypt,
    /// Encrypts it.
    Encrypt,
    /// Hands out a key to encrypt with.
    DataKey,
    /// Signs it.
    Sign,
    /// Verifies it.
    Verify,
}

/// It works on a key, so that a key policy decides it.
const KEY: u8 = 1;
/// It works on keys of other accounts.
const CROSS: u8 = 2;
/// A grant can hold it.
const GRANTABLE: u8 = 4;

impl Action {
    /// Whether it works on a key, so that a key policy decides it.
    pub fn on_key(&self) -> bool {
        self.flags & KEY != 0
    }

    /// Whether it works on keys of other accounts.
    pub fn crosses_accounts(&self) -> bool {
        self.flags & CROSS != 0
    }

    /// Whether a grant can hold it.
    pub fn is_grantable(&self) -> bool {
        self.flags & GRANTABLE != 0
    }
}

const fn action(name: &'static str, class: Class, data: Data, flags: u8) -> Action {
    Action { name, class, data, flags }
}

/// All actions by name.
#[rustfmt::skip]
pub const ACTIONS: [Action; 56] = [
    action("CancelKeyDeletion", Class::Administer, Data::None, KEY),
    action("ConnectCustomKeyStore", Class::Administer, Data::None, 0),
    action("CreateAlias", Class::Administer, Data::None, KEY),
    action("CreateCustomKeyStore", Class::Administer, Data::None, 0),
    action("CreateGrant", Class::Grant, Data::None, KEY | CROSS | GRANTABLE),
    action("CreateKey", Class::Administer, Data::None, 0),
    action("Decrypt", Class::Cryptographic, Data::Decrypt, KEY | CROSS | GRANTABLE),
    action("DeleteAlias", Class::Administer, Data::None, KEY),
    action("DeleteCustomKeyStore", Class::Destructive, Data::None, 0),
    action("DeleteImportedKeyMaterial", Class::Destructive, Data::None, KEY),
    action("DeriveSharedSecret", Class::Cryptographic, Data::Decrypt, KEY | CROSS | GRANTABLE),
    action("DescribeCustomKeyStores", Class::Read, Data::None, 0),
    action("DescribeKey", Class::Read, Data::None, KEY | CROSS | GRANTABLE),
    action("DisableKey", Class::Destructive, Data::None, KEY),
    action("DisableKeyRotation", Class::Destructive, Data::None, KEY),
    action("DisconnectCustomKeyStore", Class::Destructive, Data::None, 0),
    action("EnableKey", Class::Administer, Data::None, KEY),
    action("EnableKeyRotation", Class::Administer, Data::None, KEY),
    action("Encrypt", Class::Cryptographic, Data::Encrypt, KEY | CROSS | GRANTABLE),
    action("GenerateDataKey", Class::Cryptographic, Data::DataKey, KEY | CROSS | GRANTABLE),
    action("GenerateDataKeyPair", Class::Cryptographic, Data::DataKey, KEY | CROSS | GRANTABLE),
    action("GenerateDataKeyPairWithoutPlaintext", Class::Cryptographic, Data::DataKey, KEY | CROSS | GRANTABLE),
    action("GenerateDataKeyWithoutPlaintext", Class::Cryptographic, Data::DataKey, KEY | CROSS | GRANTABLE),
    action("GenerateMac", Class::Cryptographic, Data::Sign, KEY | CROSS | GRANTABLE),
    action("GenerateRandom", Class::Administer, Data::None, 0),
    action("GetKeyLastUsage", Class::Read, Data::None, KEY),
    action("GetKeyPolicy", Class::Read, Data::None, KEY),
    action("GetKeyRotationStatus", Class::Read, Data::None, KEY | CROSS),
    action("GetParametersForImport", Class::Read, Data::None, KEY),
    action("GetPublicKey", Class::Read, Data::None, KEY | CROSS | GRANTABLE),
    action("ImportKeyMaterial", Class::Administer, Data::None, KEY),
    action("ListAliases", Class::Read, Data::None, 0),
    action("ListGrants", Class::Read, Data::None, KEY | CROSS),
    action("ListKeyPolicies", Class::Read, Data::None, KEY),
    action("ListKeyRotations", Class::Read, Data::None, KEY),
    action("ListKeys", Class::Read, Data::None, 0),
    action("ListResourceTags", Class::Read, Data::None, KEY),
    action("ListRetirableGrants", Class::Read, Data::None, 0),
    action("PutKeyPolicy", Class::Policy, Data::None, KEY),
    action("ReEncryptFrom", Class::Cryptographic, Data::Decrypt, KEY | CROSS | GRANTABLE),
    action("ReEncryptTo", Class::Cryptographic, Data::Encrypt, KEY | CROSS | GRANTABLE),
    action("ReplicateKey", Class::Administer, Data::None, KEY),
    action("RetireGrant", Class::Grant, Data::None, KEY | CROSS | GRANTABLE),
    action("RevokeGrant", Class::Grant, Data::None, KEY | CROSS),
    action("RotateKeyOnDemand", Class::Administer, Data::None, KEY),
    action("ScheduleKeyDeletion", Class::Destructive, Data::None, KEY),
    action("Sign", Class::Cryptographic, Data::Sign, KEY | CROSS | GRANTABLE),
    action("SynchronizeMultiRegionKey", Class::Administer, Data::None, KEY),
    action("TagResource", Class::Administer, Data::None, KEY),
    action("UntagResource", Class::Administer, Data::None, KEY),
    action("UpdateAlias", Class::Administer, Data::None, KEY),
    action("UpdateCustomKeyStore", Class::Administer, Data::None, 0),
    action("UpdateKeyDescription", Class::Administer, Data::None, KEY),
    action("UpdatePrimaryRegion", Class::Administer, Data::None, KEY),
    action("Verify", Class::Cryptographic, Data::Verify, KEY | CROSS | GRANTABLE),
    action("VerifyMac", Class::Cryptographic, Data::Verify, KEY | CROSS | GRANTABLE),
];

/// The names of all actions, without `kms:`.
pub fn names() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|action| action.name)
}

/// Whether there is an action of this name (without `kms:`, in any case), or one that the pattern matches.
pub fn exists(name: &str) -> bool {
    let pattern = Pattern::any_case(name);
    ACTIONS.iter().any(|action| pattern.matches(&action.name.to_ascii_lowercase()).is_true())
}

/// A set of KMS actions.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ActionSet(u64);

impl ActionSet {
    /// No action.
    pub const EMPTY: ActionSet = ActionSet(0);
    /// `kms:CreateGrant`.
    pub const CREATE_GRANT: ActionSet = ActionSet::named("CreateGrant");
    /// `kms:Decrypt`.
    pub const DECRYPT: ActionSet = ActionSet::named("Decrypt");
    /// `kms:PutKeyPolicy`.
    pub const PUT_KEY_POLICY: ActionSet = ActionSet::named("PutKeyPolicy");
    /// `kms:ReEncryptFrom`.
    pub const RE_ENCRYPT_FROM: ActionSet = ActionSet::named("ReEncryptFrom");

    /// The actions that hold a property.
    pub fn of(property: impl Fn(&Action) -> bool) -> Self {
        let bits = ACTIONS.iter().enumerate().filter(|(_, action)| property(action));
        ActionSet(bits.fold(0, |set, (i, _)| set | 1 << i))
    }

    /// The action of this name (without `kms:`, in any case), if it exists.
    pub const fn named(name: &str) -> Self {
        let mut i = 0;
        while i < ACTIONS.len() {
            if ACTIONS[i].name.eq_ignore_ascii_case(name) {
                return ActionSet(1 << i);
            }
            i += 1;
        }
        ActionSet::EMPTY
    }

    /// The actions of both sets.
    pub const fn with(self, other: ActionSet) -> Self {
        ActionSet(self.0 | other.0)
    }

    /// The actions that a pattern of a policy (`kms:Decr*`, `*`) certainly matches.
    pub fn matching(pattern: &Pattern) -> Self {
        ActionSet::where_name(|name| pattern.matches(name).is_true())
    }

    /// The actions that a pattern of a policy possibly matches.
    pub fn possibly_matching(pattern: &Pattern) -> Self {
        ActionSet::where_name(|name| !pattern.matches(name).is_false())
    }

    /// The actions whose name, in lower case and with `kms:`, holds a property.
    fn where_name(property: impl Fn(&str) -> bool) -> Self {
        let bits = LOWER_CASE.iter().enumerate().filter(|(_, name)| property(name));
        ActionSet(bits.fold(0, |set, (i, _)| set | 1 << i))
    }

    /// Actions that reveal data.
    pub fn decrypt_like() -> Self {
        GROUPS.decrypt
    }

    /// Actions with which a caller can write.
    pub fn encrypt_like() -> Self {
        GROUPS.encrypt
    }

    /// Actions of a class.
    pub fn class(class: Class) -> Self {
        GROUPS.classes.iter().find(|(own, _)| *own == class).map_or(ActionSet::EMPTY, |(_, actions)| *actions)
    }

    /// Actions with which a caller can give use to itself and others.
    pub fn control() -> Self {
        GROUPS.control
    }

    /// Actions that a key policy decides.
    pub fn on_key() -> Self {
        GROUPS.on_key
    }

    /// Actions that work on keys of other accounts.
    pub fn crossing() -> Self {
        GROUPS.crossing
    }

    /// Whether it holds no action.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `other` are in this set.
    pub fn contains(self, other: ActionSet) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether the sets have an action in common.
    pub fn meets(self, other: ActionSet) -> bool {
        self.0 & other.0 != 0
    }

    /// How many actions it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The actions, by name.
    pub fn iter(self) -> impl Iterator<Item = &'static Action> {
        ACTIONS.iter().enumerate().filter(move |(i, _)| self.0 >> i & 1 == 1).map(|(_, action)| action)
    }
}

/// The sets that every statement is compared with.
struct Groups {
    decrypt: ActionSet,
    encrypt: ActionSet,
    control: ActionSet,
    on_key: ActionSet,
    crossing: ActionSet,
    classes: Vec<(Class, ActionSet)>,
}

static GROUPS: LazyLock<Groups> = LazyLock::new(|| {
    let mut classes: Vec<(Class, ActionSet)> = Vec::new();
    for action in &ACTIONS {
        if !classes.iter().any(|(class, _)| *class == action.class) {
            classes.push((action.class, ActionSet::of(|other| other.class == action.class)));
        }
    }
    Groups {
        decrypt: ActionSet::of(|action| action.data == Data::Decrypt),
        encrypt: ActionSet::of(|action| matches!(action.data, Data::Encrypt | Data::DataKey)),
        control: ActionSet::PUT_KEY_POLICY | ActionSet::CREATE_GRANT,
        on_key: ActionSet::of(Action::on_key),
        crossing: ActionSet::of(Action::crosses_accounts),
        classes,
    }
});

/// The names of [`ACTIONS`] in lower case, with the prefix.
static LOWER_CASE: LazyLock<Vec<String>> =
    LazyLock::new(|| ACTIONS.iter().map(|action| format!("kms:{}", action.name.to_ascii_lowercase())).collect());

impl std::ops::BitOr for ActionSet {
    type Output = ActionSet;

    fn bitor(self, other: ActionSet) -> ActionSet {
        ActionSet(self.0 | other.0)
    }
}

impl std::ops::BitAnd for ActionSet {
    type Output = ActionSet;

    fn bitand(self, other: ActionSet) -> ActionSet {
        ActionSet(self.0 & other.0)
    }
}

impl std::ops::Sub for ActionSet {
    type Output = ActionSet;

    fn sub(self, other: ActionSet) -> ActionSet {
        ActionSet(self.0 & !other.0)
    }
}
