//! Condition keys: their types, and what they can narrow.
//!
//! Source: AWS global condition context keys (IAM user guide), the service authorization reference of AWS KMS and the
//! KMS developer guide on condition keys.

use std::string::String as StdString;
use std::sync::LazyLock;

use super::spelling;

/// The type of a key's values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueType {
    /// Text.
    String,
    /// An ARN. String operators work on it too.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A date, or seconds since 1970.
    Date,
    /// An address or a range.
    Ip,
}

/// What a condition on a key can narrow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Who calls.
    Who,
    /// Who calls, but only together with an account or organization (tags).
    WhoWeak,
    /// For which resource or account a service calls.
    Source,
    /// From which network.
    Network,
    /// What may stand in a grant.
    Grant,
    /// What data is worked on.
    What,
    /// Through which service.
    How,
    /// Which key is used.
    WhichKey,
    /// A hurdle for the caller.
    Guard,
    /// Good only to except calls in a Deny.
    Exception,
    /// Nothing.
    Never,
}

/// A condition key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name; with `/*` or `:*` at the end if it has a part of its own.
    pub name: &'static str,
    /// The type of its values.
    pub ty: ValueType,
    /// Whether a request can have several values of it.
    pub multi: bool,
    /// What it can narrow.
    pub role: Role,
}

use Role::{Exception, Grant, Guard, How, Network, Never, Source, What, WhichKey, Who, WhoWeak};
use ValueType::{Arn, Bool, Date, Ip, Number, String};

const fn one(name: &'static str, ty: ValueType, role: Role) -> Key {
    Key { name, ty, multi: false, role }
}

const fn many(name: &'static str, ty: ValueType, role: Role) -> Key {
    Key { name, ty, multi: true, role }
}

/// Keys that every service offers.
const GLOBAL: &[Key] = &[
    many("aws:CalledVia", String, How),
    one("aws:CalledViaAWSMCP", String, How),
    one("aws:CalledViaFirst", String, How),
    one("aws:CalledViaLast", String, How),
    one("aws:ChatbotSourceArn", Arn, How),
    one("aws:CurrentTime", Date, Never),
    one("aws:EpochTime", Date, Never),
    one("aws:Ec2InstanceSourcePrivateIPv4", Ip, Network),
    one("aws:Ec2InstanceSourceVpc", String, Network),
    one("aws:AssumedRoot", String, Guard),
    one("aws:FederatedProvider", String, How),
    one("aws:MultiFactorAuthAge", Number, Guard),
    one("aws:MultiFactorAuthPresent", Bool, Guard),
    one("aws:OriginIdentity/*", String, WhoWeak),
    one("aws:PrincipalAccount", String, Who),
    one("aws:PrincipalArn", Arn, Who),
    one("aws:PrincipalIsAWSService", Bool, Exception),
    one("aws:PrincipalOrgID", String, Who),
    many("aws:PrincipalOrgPaths", String, Who),
    one("aws:PrincipalServiceName", String, Source),
    many("aws:PrincipalServiceNamesList", String, Source),
    one("aws:PrincipalTag/*", String, WhoWeak),
    one("aws:PrincipalType", String, Never),
    one("aws:Referer", String, Never),
    one("aws:RequestTag/*", String, What),
    one("aws:RequestedRegion", String, Never),
    one("aws:ResourceAccount", String, WhichKey),
    one("aws:ResourceOrgID", String, WhichKey),
    many("aws:ResourceOrgPaths", String, WhichKey),
    one("aws:ResourceTag/*", String, WhichKey),
    one("aws:SecureTransport", Bool, Never),
    one("aws:SourceAccount", String, Source),
    one("aws:SourceArn", Arn, Source),
    one("aws:SourceIdentity", String, WhoWeak),
    one("aws:SourceIp", Ip, Network),
    one("aws:SourceOrgID", String, Source),
    many("aws:SourceOrgPaths", String, Source),
    one("aws:SourceOwner", String, Source),
    one("aws:SourceVpc", String, Network),
    one("aws:SourceVpcArn", Arn, Network),
    one("aws:SourceVpce", String, Network),
    many("aws:TagKeys", String, What),
    one("aws:TokenIssueTime", Date, Never),
    one("aws:UserAgent", String, Never),
    one("aws:ViaAWSMCPService", Bool, Exception),
    one("aws:ViaAWSService", Bool, Exception),
    one("aws:VpceAccount", String, Network),
    one("aws:VpceOrgID", String, Network),
    many("aws:VpceOrgPaths", String, Network),
    one("aws:VpcSourceIp", Ip, Network),
    one("aws:userid", String, Who),
    one("aws:username", String, WhoWeak),
];

/// Keys of KMS.
const KMS: &[Key] = &[
    one("kms:BypassPolicyLockoutSafetyCheck", Bool, Guard),
    one("kms:CallerAccount", String, Who),
    one("kms:CustomerMasterKeySpec", String, WhichKey),
    one("kms:CustomerMasterKeyUsage", String, WhichKey),
    one("kms:DataKeyPairSpec", String, What),
    one("kms:EncryptionAlgorithm", String, What),
    one("kms:EncryptionContext:*", String, What),
    many("kms:EncryptionContextKeys", String, What),
    one("kms:ExpirationModel", String, What),
    one("kms:GrantConstraintSourceArn", Arn, Grant),
    one("kms:GrantConstraintType", String, Grant),
    one("kms:GrantIsForAWSResource", Bool, Grant),
    many("kms:GrantOperations", String, Grant),
    one("kms:GranteePrincipal", String, Grant),
    one("kms:GranteeServicePrincipal", String, Grant),
    one("kms:KeyAgreementAlgorithm", String, What),
    one("kms:KeyOrigin", String, WhichKey),
    one("kms:KeySpec", String, WhichKey),
    one("kms:KeyUsage", String, WhichKey),
    one("kms:MacAlgorithm", String, What),
    one("kms:MessageType", String, What),
    one("kms:MultiRegion", Bool, WhichKey),
    one("kms:MultiRegionKeyType", String, WhichKey),
    one("kms:PrimaryRegion", String, What),
    one("kms:ReEncryptOnSameKey", Bool, Guard),
    one("kms:RecipientAttestation:*", String, Who),
    one("kms:ReplicaRegion", String, What),
    one("kms:RequestAlias", String, WhichKey),
    many("kms:ResourceAliases", String, WhichKey),
    one("kms:RetiringPrincipal", String, Grant),
    one("kms:RotationPeriodInDays", Number, Guard),
    one("kms:ScheduleKeyDeletionPendingWindowInDays", Number, Guard),
    one("kms:SigningAlgorithm", String, What),
    one("kms:ValidTo", Date, What),
    one("kms:ViaService", String, How),
    one("kms:WrappingAlgorithm", String, What),
    one("kms:WrappingKeySpec", String, What),
];

/// Keys of other services that requests to all services have: properties of the session of a role.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-session-properties>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html> ("Cross-service keys")
const OF_SESSIONS: &[Key] = &[
    one("codebuild:BuildArn", Arn, WhoWeak),
    one("codebuild:ProjectArn", Arn, WhoWeak),
    one("ec2:RoleDelivery", Number, Guard),
    one("ec2:SourceInstanceArn", Arn, WhoWeak),
    one("glue:CredentialIssuingService", String, How),
    one("glue:RoleAssumedBy", String, How),
    one("identitystore:UserId", String, WhoWeak),
    one("lambda:SourceFunctionArn", Arn, WhoWeak),
    one("saml:namequalifier", String, WhoWeak),
    one("saml:sub", String, WhoWeak),
    one("saml:sub_type", String, Never),
    one("ssm:SourceInstanceArn", Arn, WhoWeak),
];

/// What tokens of identity providers say, after the name of the provider (`accounts.google.com:sub`).
const OF_TOKENS: &[Key] = &[
    many(":amr", String, WhoWeak),
    one(":aud", String, WhoWeak),
    one(":email", String, WhoWeak),
    one(":oaud", String, WhoWeak),
    one(":sub", String, WhoWeak),
];

/// The key that a name ends with, if what stands before is the domain of an identity provider.
fn of_token(name: &str) -> Option<&'static Key> {
    let (provider, claim) = name.split_at_checked(name.rfind(':')?)?;
    let domain = provider.contains('.') && !provider.contains(char::is_whitespace);
    OF_TOKENS.iter().find(|key| domain && key.name.eq_ignore_ascii_case(claim))
}

/// Keys of S3 whose types matter to the findings.
const S3: &[Key] = &[
    one("s3:TlsVersion", Number, Never),
    one("s3:signatureAge", Number, Never),
    one("s3:max-keys", Number, Never),
    one("s3:object-lock-remaining-retention-days", Number, What),
    one("s3:DataAccessPointAccount", String, Network),
    one("s3:DataAccessPointArn", Arn, Network),
];

/// The key of this name, in any case, if it is known.
pub fn find(name: &str) -> Option<&'static Key> {
    let table = match name.get(..4).map(str::to_ascii_lowercase).as_deref() {
        Some("aws:") => GLOBAL,
        Some("kms:") => KMS,
        Some(other) if other.starts_with("s3:") => S3,
        _ => {
            let of_session = OF_SESSIONS.iter().find(|key| key.name.eq_ignore_ascii_case(name));
            return of_session.or_else(|| of_token(name));
        }
    };
    table.iter().find(|key| match key.name.strip_suffix('*') {
        None => key.name.eq_ignore_ascii_case(name),
        Some(stem) => {
            name.len() > stem.len() && name.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem))
        }
    })
}

/// All keys that a KMS request can have.
pub fn of_kms() -> impl Iterator<Item = &'static Key> {
    GLOBAL.iter().chain(KMS)
}

/// The key of KMS requests that a name which is none most likely means.
pub fn nearest(name: &str) -> Option<&'static str> {
    within(name, 3)
}

/// Whether a name of `aws:` or `kms:` is a key but for a slip, so that no request has it. Of other names that are not
/// known nothing is: AWS adds keys.
pub fn is_misspelt(name: &str) -> bool {
    let ours = name.get(..4).is_some_and(|start| ["aws:", "kms:"].iter().any(|own| own.eq_ignore_ascii_case(start)));
    ours && name.len() <= LONGEST && find(name).is_none() && within(name, 2).is_some()
}

/// The most letters of a name that is taken for a slip of the pen.
const LONGEST: usize = 64;

/// The key at most so many letters away from a name.
fn within(name: &str, letters: usize) -> Option<&'static str> {
    static LOWER: LazyLock<Vec<StdString>> =
        LazyLock::new(|| of_kms().map(|key| key.name.to_ascii_lowercase()).collect());
    let lower = spelling::nearest(&name.to_ascii_lowercase(), LOWER.iter().map(StdString::as_str), letters)?;
    of_kms().map(|key| key.name).find(|name| name.eq_ignore_ascii_case(lower))
}
