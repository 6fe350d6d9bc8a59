//! The findings by id: how much they matter, what they are, and what would narrow them.

use crate::finding::Severity::{self, Critical, High, Info, Low, Medium};

/// A kind of finding.
pub struct Entry {
    /// Its id: `KP` for key policies, `BP` for bucket policies, `IP` for identity policies, `TR` for trust
    /// policies, `GR` for grants.
    pub id: &'static str,
    /// How much it matters, unless the case says otherwise.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What would narrow it, as a phrase in the imperative.
    pub narrower: &'static str,
}

const fn entry_of(id: &'static str, severity: Severity, title: &'static str, narrower: &'static str) -> Entry {
    Entry { id, severity, title, narrower }
}

/// The finding of this id.
pub(super) fn entry(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.id == id)
}

/// All findings.
#[rustfmt::skip]
pub const CATALOGUE: &[Entry] = &[
    entry_of("KP01", Critical, "Allow for everyone", "name the principals, or add aws:PrincipalOrgID or kms:CallerAccount"),
    entry_of("KP02", High, "condition that does not narrow who calls", "add aws:PrincipalOrgID, aws:PrincipalAccount or kms:CallerAccount with StringEquals"),
    entry_of("KP03", Low, "use without any IAM permission", "name the principals, or pair kms:CallerAccount with kms:ViaService"),
    entry_of("KP04", Critical, "Allow with NotPrincipal", "name the principals that may use the key with Principal"),
    entry_of("KP05", Medium, "Deny with NotPrincipal", "deny * with ArnNotLike aws:PrincipalArn instead"),
    entry_of("KP06", High, "all KMS actions", "list the actions that are needed"),
    entry_of("KP07", High, "service principal without source (confused deputy)", "add aws:SourceAccount or aws:SourceArn with the own account"),
    entry_of("KP08", Medium, "condition that cannot hold for a service", "use aws:SourceArn or aws:SourceAccount"),
    entry_of("KP09", Medium, "foreign account without condition", "name its role and add aws:PrincipalOrgID, kms:ViaService or an encryption context"),
    entry_of("KP10", High, "foreign principal with control", "take grants and administration away, or add kms:GrantIsForAWSResource"),
    entry_of("KP11", High, "administers and uses the key", "give administration and use to different principals"),
    entry_of("KP12", Medium, "administrator can give itself use", "list administrative actions without kms:PutKeyPolicy and kms:CreateGrant"),
    entry_of("KP13", High, "CreateGrant without condition", "add Bool kms:GrantIsForAWSResource true"),
    entry_of("KP14", Medium, "grant condition that does not hold back", "use Bool kms:GrantIsForAWSResource true"),
    entry_of("KP15", High, "own account cannot change the policy", "allow the account root kms:*"),
    entry_of("KP16", Critical, "nobody can change the policy", "allow the account root kms:PutKeyPolicy"),
    entry_of("KP17", Critical, "Deny locks everyone out", "except an administrator with ArnNotLike aws:PrincipalArn"),
    entry_of("KP18", Medium, "deletion or disabling without guard", "ask for aws:MultiFactorAuthPresent and a long kms:ScheduleKeyDeletionPendingWindowInDays"),
    entry_of("KP19", Low, "ReEncrypt moves data to another key", "drop kms:ReEncryptFrom, or add Bool kms:ReEncryptOnSameKey true"),
    entry_of("KP20", Info, "relies on IAM alone", "name the principals that use the key in its policy"),
    entry_of("KP21", High, "unknown action", "use the name of an action that exists"),
    entry_of("KP22", Medium, "action of another service or without prefix", "use kms: actions"),
    entry_of("KP23", Info, "unusual case", "write the action as the KMS reference does"),
    entry_of("KP24", Medium, "action without effect in a key policy", "allow it in an IAM policy"),
    entry_of("KP25", Medium, "resource that does not mean this key", "use \"*\", which means this key"),
    entry_of("KP26", Medium, "Allow made void by a Deny", "remove the Allow, or add a condition to the Deny"),
    entry_of("KP27", Low, "redundant statement", "remove the statement"),
    entry_of("KP28", Medium, "condition that never holds", "use StringLike or ArnLike for wildcards, and values that can occur"),
    entry_of("KP29", Medium, "IAM user", "name a role"),
    entry_of("KP30", High, "unique id of a deleted principal", "name the principal by its ARN"),
    entry_of("KP31", High, "malformed principal", "name the principal by its full ARN"),
    entry_of("KP32", Low, "old or missing Version", "set Version to 2012-10-17"),
    entry_of("KP33", High, "larger than AWS accepts", "merge statements"),
    entry_of("KP34", High, "Allow with NotAction", "list the actions with Action"),
    entry_of("KP35", Low, "Deny with NotAction", "allow only what is wanted"),
    entry_of("KP36", High, "ForAllValues without Null", "add Null false for the key, or use ForAnyValue"),
    entry_of("KP37", Medium, "IfExists in an Allow", "use the operator without IfExists"),
    entry_of("KP38", Medium, "narrowed by a negated operator only", "use the positive operator with the wanted values"),
    entry_of("KP39", Medium, "operator does not fit the key", "use an operator of the key's type"),
    entry_of("KP40", Medium, "unknown condition key or operator", "use the name of a key that exists"),
    entry_of("KP41", Low, "encryption context not pinned", "add the service's encryption context with an own ARN"),
    entry_of("KP42", Medium, "kms:ViaService that never matches", "use <service>.<region>.amazonaws.com"),
    entry_of("KP43", Medium, "network Deny that hits AWS services", "add Bool aws:ViaAWSService false to the condition"),
    entry_of("KP44", Medium, "MFA Deny that access keys slip past", "use BoolIfExists"),
    entry_of("KP45", Info, "duplicate or missing Sid", "give each statement a Sid of its own"),
    entry_of("KP46", High, "pattern that spans accounts", "write the account into the ARN pattern"),
    entry_of("KP47", Medium, "principal type that KMS does not know", "use AWS or Service"),
    entry_of("KP48", Medium, "source ARN without account", "add aws:SourceAccount"),
    entry_of("KP49", Low, "role session", "name the role"),
    entry_of("KP50", Medium, "empty element", "fill the element or remove the statement"),
    entry_of("KP51", Medium, "service principal that does not exist", "use the service principal that the service documents"),
    entry_of("KP52", Low, "service that acts for its caller", "name the calling roles and add kms:ViaService"),
    entry_of("KP53", Medium, "second statement for the whole account", "name the roles that use the key"),
    entry_of("KP54", High, "malformed statement", "give the statement Effect, Principal, Action and Resource"),
    entry_of("BP01", Medium, "no effective TLS-only statement", "deny s3:* to * for bucket and objects when aws:SecureTransport is false"),
    entry_of("BP02", Medium, "Allow used as TLS rule", "use Deny with aws:SecureTransport false"),
    entry_of("BP03", Medium, "TLS Deny on the objects or the bucket only", "list the ARN of the bucket and that of its objects"),
    entry_of("BP04", Medium, "TLS Deny for some principals only", "use Principal *"),
    entry_of("BP05", Medium, "TLS Deny for some actions only", "use Action s3:*"),
    entry_of("BP06", Low, "TLS test with an unfit operator", "use Bool"),
    entry_of("BP07", High, "inverted TLS Deny", "compare aws:SecureTransport with false"),
    entry_of("BP08", Low, "no minimum TLS version", "deny NumericLessThan s3:TlsVersion 1.2"),
    entry_of("BP09", Medium, "TLS version test without effect", "use NumericLessThan with 1.2 in a Deny"),
    entry_of("BP10", Low, "upload Deny that defeats default encryption", "add Null false for the header"),
    entry_of("BP11", Info, "no Deny for another key", "deny uploads whose key id is another ARN"),
    entry_of("BP12", Medium, "upload rule contradicts the bucket default", "remove the statement"),
    entry_of("BP13", Medium, "SSE-C uploads are possible", "deny uploads that have the header of a customer key"),
    entry_of("BP14", Medium, "names another bucket", "use the ARN of this bucket"),
    entry_of("BP15", High, "service delivery without source", "add aws:SourceAccount or aws:SourceArn"),
    entry_of("BP16", Medium, "foreign account without condition", "name its role and add aws:PrincipalOrgID"),
    entry_of("BP17", High, "all actions on the bucket", "list the actions that are needed"),
    entry_of("BP18", High, "Allow with NotAction", "list the actions with Action"),
    entry_of("BP20", Critical, "open to everyone", "name the principals, or add aws:PrincipalOrgID or aws:PrincipalAccount"),
    entry_of("BP21", High, "lockout", "except an administrator with ArnNotLike aws:PrincipalArn"),
    entry_of("BP22", Medium, "Deny with NotPrincipal", "deny * with ArnNotLike aws:PrincipalArn instead"),
    entry_of("IP01", High, "decryption on all keys", "name the keys, or add kms:ViaService and kms:ResourceAliases"),
    entry_of("IP02", High, "all KMS actions", "list the actions that are needed"),
    entry_of("IP03", High, "policy or grant control", "drop kms:PutKeyPolicy, and add kms:GrantIsForAWSResource to kms:CreateGrant"),
    entry_of("IP04", Medium, "destructive actions on all keys", "name the keys"),
    entry_of("IP05", Info, "key use not bound to a service", "add kms:ViaService"),
    entry_of("IP06", High, "all secrets or parameters readable", "name the secrets or a path of parameters"),
    entry_of("IP07", Medium, "alias as resource for key use", "use the key's ARN, or key/* with kms:ResourceAliases"),
    entry_of("IP08", Medium, "resource that is no ARN", "use the key's ARN"),
    entry_of("IP09", Medium, "any account in the key ARN", "write the account into the ARN"),
    entry_of("IP10", High, "Allow with NotAction or NotResource that covers keys", "list actions and resources"),
    entry_of("IP11", High, "Deny that misses", "use the name of an action that exists"),
    entry_of("IP12", Low, "key use attached to a user", "attach it to a role"),
    entry_of("IP13", High, "credentials of others obtainable", "name the roles, users or databases"),
    entry_of("TR01", Critical, "role that everyone may assume", "name the principals, or add aws:PrincipalOrgID"),
    entry_of("TR02", High, "role for everyone with a token", "add a condition on the sub of the provider"),
    entry_of("TR03", Medium, "role for another account on no condition", "add sts:ExternalId, aws:PrincipalOrgID or a role's ARN"),
    entry_of("TR04", Medium, "role for every certificate", "add aws:SourceArn of the trust anchor, or aws:PrincipalTag/x509Subject/CN"),
    entry_of("GR01", High, "grant that can create grants", "drop CreateGrant"),
    entry_of("GR02", Medium, "no encryption context constraint", "add encryption_context_equals"),
    entry_of("GR03", High, "grantee in another account", "grant to a role of the own account"),
    entry_of("GR04", High, "grantee is an account or a user", "grant to a role"),
    entry_of("GR05", Low, "all operations at once", "give readers and writers grants of their own"),
    entry_of("GR06", Low, "nobody retires the grant", "set retiring_principal or retire_on_delete"),
];
