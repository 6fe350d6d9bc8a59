//! Principals: who a statement is about, and who makes a request.

use std::sync::Arc;

use super::arn::{Arn, has_wildcard, is_account_id};
use super::services;
use super::symbol;
use super::truth::Truth;
use crate::partition::Partition;

/// Someone named in a policy.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    /// `*`.
    Everyone,
    /// An account: its root ARN or its id.
    Account(Arc<str>),
    /// A role, user or session.
    Identity(Identity),
    /// A service by its principal: `s3.amazonaws.com`.
    Service(Arc<str>),
    /// An identity provider.
    Federated(Arc<str>),
    /// An S3 canonical user.
    Canonical(Arc<str>),
    /// The unique id that remains of a deleted role or user.
    UniqueId(Arc<str>),
    /// Something that IAM does not accept, and why.
    Malformed(Arc<str>, &'static str),
    /// Something that is not known.
    Unknown,
}

/// A role, user or session.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Identity {
    /// The account.
    pub account: Arc<str>,
    /// What sort.
    pub sort: Sort,
    /// The whole ARN.
    pub arn: Arc<str>,
}

/// The sorts of [`Identity`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sort {
    /// A role.
    Role,
    /// A user.
    User,
    /// A session of a role.
    Session,
    /// A federated user.
    FederatedUser,
    /// Something else of an account.
    Other,
}

/// Whose an account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// The account of the policy.
    Own,
    /// Another customer's account.
    Foreign,
    /// An account of AWS that stands for a service.
    Aws,
    /// Not known.
    Unknown,
}

impl Who {
    /// What an entry of the type `AWS` means.
    pub fn aws(text: &Arc<str>) -> Who {
        let shared = || Arc::clone(text);
        match &**text {
            "*" => Who::Everyone,
            account if is_account_id(account) || account == symbol::ACCOUNT => Who::Account(shared()),
            id if is_unique_id(id) => Who::UniqueId(shared()),
            arn if arn.starts_with("arn:") => identity(text),
            other if symbol::has(other) => Who::Unknown,
            _ => Who::Malformed(shared(), "it is neither an ARN nor an account id"),
        }
    }

    /// Someone who makes a request: an ARN, an account id (its root user) or a service.
    pub fn requester(text: &str) -> Who {
        let shared: Arc<str> = text.into();
        if text.starts_with("arn:") || is_account_id(text) {
            Who::aws(&shared)
        } else if text == "*" {
            Who::Everyone
        } else {
            Who::Service(shared)
        }
    }

    /// The account, if it has one.
    pub fn account(&self) -> Option<&Arc<str>> {
        match self {
            Who::Account(account) | Who::Identity(Identity { account, .. }) => Some(account),
            _ => None,
        }
    }

    /// How a person names it.
    pub fn show(&self) -> String {
        match self {
            Who::Everyone => "*".to_owned(),
            Who::Account(account) => format!("account {}", symbol::show(account)),
            Who::Identity(identity) => symbol::show(&identity.arn).into_owned(),
            Who::Service(text)
            | Who::Federated(text)
            | Who::Canonical(text)
            | Who::UniqueId(text)
            | Who::Malformed(text, _) => symbol::show(text).into_owned(),
            Who::Unknown => "a principal that is not known".to_owned(),
        }
    }

    /// Whether a requester is this one, and whether directly (`Some(true)`) or through its account.
    pub fn is(&self, requester: &Who) -> (Truth, bool) {
        match (self, requester) {
            (Who::Everyone, _) => (Truth::True, true),
            (Who::Unknown, _) | (_, Who::Unknown) => (Truth::Unknown, true),
            (Who::Account(own), Who::Account(other)) => (same(own, other), true),
            (Who::Account(account), Who::Identity(identity)) => (same(account, &identity.account), false),
            (Who::Identity(listed), Who::Identity(other)) => (listed.is(other), true),
            (Who::Service(own), Who::Service(other)) => (same_service(own, other), true),
            (Who::Federated(own), Who::Federated(other)) => (same(own, other), true),
            _ => (Truth::False, true),
        }
    }

    /// Whether this one includes all that `other` stands for, in a proof that one statement covers another.
    pub fn includes(&self, other: &Who, deny: bool) -> bool {
        match (self, other) {
            (Who::Everyone, Who::Unknown) => true,
            (_, Who::Unknown) | (Who::Unknown, _) => false,
            (Who::Everyone, _) => true,
            // An account covers its principals in a Deny; in an Allow it only delegates.
            (Who::Account(account), Who::Identity(identity)) => deny && account == &identity.account,
            // Of one sort, only the same one: long policies compare each with each.
            (Who::Identity(listed), Who::Identity(other)) if listed.sort == other.sort => listed.arn == other.arn,
            (Who::Identity(listed), Who::Identity(other)) => listed.is(other).is_true(),
            (a, b) => a == b,
        }
    }
}

impl Identity {
    /// Whether `other` is this identity or a session of it.
    fn is(&self, other: &Identity) -> Truth {
        if self.arn == other.arn {
            return Truth::True;
        }
        let known = !symbol::has(&self.arn) && !symbol::has(&other.arn);
        match (self.sort, other.sort) {
            (Sort::Role, Sort::Session) => {
                let named = same(self.name(), other.session_role());
                same(&self.account, &other.account).and(named)
            }
            (a, b) if a != b && a != Sort::Other && b != Sort::Other => Truth::False,
            _ if known => Truth::False,
            _ => same(&self.arn, &other.arn),
        }
    }

    /// What stands last in its ARN: the name of a role or user without its path.
    pub fn name(&self) -> &str {
        last_segment(&self.arn)
    }

    /// The name of the role of a session.
    pub fn session_role(&self) -> &str {
        let resource = Arn::parse(&self.arn).map_or("", |arn| arn.resource);
        resource.split('/').nth(1).unwrap_or_default()
    }

    /// The ARN of the role of a session; the own ARN of everything else. Paths of roles are not part of sessions.
    pub fn principal_arn(&self) -> String {
        match (self.sort, Arn::parse(&self.arn)) {
            (Sort::Session, Some(arn)) => {
                format!("arn:{}:iam::{}:role/{}", arn.partition, arn.account, self.session_role())
            }
            _ => self.arn.as_ref().to_owned(),
        }
    }
}

/// Whose an account is, in the eyes of `own`. Different symbols leave it open.
pub fn owner(account: &str, own: &str) -> Owner {
    if account == own {
        Owner::Own
    } else if services::is_aws_account(account) {
        Owner::Aws
    } else if symbol::has(account) || symbol::has(own) {
        Owner::Unknown
    } else {
        Owner::Foreign
    }
}

fn last_segment(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or_default()
}

fn same(a: &str, b: &str) -> Truth {
    if a == b {
        Truth::True
    } else if symbol::has(a) || symbol::has(b) {
        super::pattern::Pattern::literal(a).matches(b)
    } else {
        Truth::False
    }
}

fn same_service(a: &str, b: &str) -> Truth {
    if a.eq_ignore_ascii_case(b) { Truth::True } else { same(a, b) }
}

/// Whether a text looks like the unique id of an IAM entity (IAM user guide, "Unique identifiers").
fn is_unique_id(text: &str) -> bool {
    ["AIDA", "AROA", "AGPA", "AIPA", "ANPA"].iter().any(|prefix| text.starts_with(prefix))
        && (16..=128).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn identity(text: &Arc<str>) -> Who {
    let malformed = |why| Who::Malformed(Arc::clone(text), why);
    let Some(arn) = Arn::parse(text) else {
        return if symbol::has(text) { Who::Unknown } else { malformed("the ARN has too few fields") };
    };
    if has_wildcard(text) {
        return malformed("wildcards are not allowed inside the ARN of a principal");
    }
    if text.contains("${") {
        return malformed("policy variables are not allowed in a principal");
    }
    if !symbol::has(arn.partition) && Partition::named(arn.partition).is_none() {
        return malformed("there is no such partition");
    }
    if !matches!(arn.service, "iam" | "sts") && !symbol::has(arn.service) {
        return malformed("principals are IAM or STS ARNs");
    }
    if !arn.region.is_empty() && !symbol::has(arn.region) {
        return malformed("IAM ARNs have no region");
    }
    if !is_account_id(arn.account) && !symbol::has(arn.account) && !services::is_aws_account(arn.account) {
        return malformed("account ids have twelve digits");
    }
    let account: Arc<str> = arn.account.into();
    let sort = match arn.resource.split('/').next().unwrap_or_default() {
        "root" => return Who::Account(account),
        "role" => Sort::Role,
        "user" => Sort::User,
        "assumed-role" => Sort::Session,
        "federated-user" => Sort::FederatedUser,
        "group" => return malformed("groups cannot be principals"),
        other if symbol::has(other) => Sort::Other,
        _ => return malformed("it names neither a role, a user nor a session"),
    };
    if sort != Sort::Other && arn.resource.split_once('/').is_none_or(|(_, name)| name.is_empty()) {
        return malformed("the name is missing");
    }
    let mut session = arn.resource.splitn(3, '/').skip(2);
    if sort == Sort::Session && !symbol::has(arn.resource) && session.next().is_none_or(str::is_empty) {
        return malformed("the name of the session is missing");
    }
    Who::Identity(Identity { account, sort, arn: Arc::clone(text) })
}
