//! Whose policy it is, as far as the policy itself says so.

use std::sync::Arc;

use super::{Effect, Principal, Statement};
use crate::iam::arn::{Arn, has_wildcard, is_account_id};
use crate::iam::context::Context;
use crate::iam::kind::PolicyKind;
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;
use crate::iam::symbol;
use crate::value::{Kind, Known, StringPart, Value};

/// The account of a policy and whether all others are foreign.
///
/// Where nobody says which account is deployed to, a policy that writes it as a symbol somewhere means others by their
/// ids. A key policy tells its account by whom it allows to change it, since `kms:PutKeyPolicy` does not work across
/// accounts, or by naming one account only.
pub(super) fn account(ctx: &Context<'_>, kind: PolicyKind, statements: &[Statement]) -> (Arc<str>, bool) {
    if let Some(account) = ctx.account {
        return (account.into(), true);
    }
    let mut accounts = Vec::new();
    for statement in statements {
        for principal in statement.principals.iter().flat_map(|principals| &principals.items) {
            if let Some(account) = principal.who.account() {
                accounts.push((statement, &principal.who, account));
            }
        }
    }
    if kind == PolicyKind::Key {
        let change = ActionSet::named("PutKeyPolicy");
        let managers = accounts.iter().filter(|(statement, who, _)| {
            statement.effect == Effect::Allow && statement.kms.contains(change) && matches!(who, Who::Account(_))
        });
        if let Some(account) = only(managers.map(|(_, _, account)| *account)) {
            return (Arc::clone(account), true);
        }
    }
    if accounts.iter().any(|(_, _, account)| &***account == symbol::ACCOUNT) {
        return (symbol::ACCOUNT.into(), true);
    }
    if kind == PolicyKind::Key
        && let Some(account) = only(accounts.iter().map(|(_, _, account)| *account))
    {
        return (Arc::clone(account), true);
    }
    match on_behalf_of(statements) {
        Some(account) if kind.has_principals() => (account, true),
        _ => (symbol::ACCOUNT.into(), false),
    }
}

/// The one account on whose behalf all services act that are let in: they are asked for in the account itself.
fn on_behalf_of(statements: &[Statement]) -> Option<Arc<str>> {
    let of_services = statements.iter().filter(|statement| {
        statement.effect == Effect::Allow
            && statement.plain_principals().iter().any(|principal| matches!(principal.who, Who::Service(_)))
    });
    let conditions = of_services.flat_map(|statement| &statement.conditions).filter(|condition| {
        condition.key.eq_ignore_ascii_case("aws:SourceAccount") && condition.operator.is_some_and(|o| o.is_positive())
    });
    let accounts: Vec<&Arc<str>> = conditions.flat_map(|condition| &condition.values).map(|part| &part.text).collect();
    only(accounts.into_iter()).cloned()
}

/// Whether principals or conditions are written by the account that is deployed to.
pub(super) fn is_also_symbol(statements: &[Statement]) -> bool {
    let listed = statements.iter().flat_map(|statement| &statement.principals).flat_map(|listed| &listed.items);
    let mut accounts = listed.filter_map(|principal| principal.who.account());
    let conditions = statements.iter().flat_map(|statement| &statement.conditions);
    let mut values = conditions.flat_map(|condition| &condition.values);
    accounts.any(|account| **account == *symbol::ACCOUNT) || values.any(|value| value.text.contains(symbol::ACCOUNT))
}

/// The partition of a policy, as the place of deployment says, else as the principals of its own account do: the account
/// as a whole before the others.
pub(super) fn partition(ctx: &Context<'_>, own: &str, statements: &[Statement]) -> Option<Arc<str>> {
    if let Some(partition) = ctx.known_partition() {
        return Some(partition.into());
    }
    let of_own = |principal: &&Principal| principal.who.account().is_some_and(|account| **account == *own);
    let written = || {
        let listed = statements.iter().flat_map(|statement| &statement.principals).flat_map(|listed| &listed.items);
        listed.filter(|principal| principal.writes_partition).filter(of_own)
    };
    let roots = written().filter(|principal| matches!(principal.who, Who::Account(_)));
    one_partition(roots).or_else(|| one_partition(written()))
}

/// The partition in which all of these are.
fn one_partition<'a>(principals: impl Iterator<Item = &'a Principal>) -> Option<Arc<str>> {
    let mut partitions = principals.filter_map(|principal| Arn::parse(&principal.part.text)).map(|arn| arn.partition);
    let first = partitions.next()?;
    partitions.all(|other| other == first).then(|| first.into())
}

/// Whether a value is an ARN of which at least the partition is written out.
pub(super) fn writes_partition(value: &Value) -> bool {
    let start = match &value.kind {
        Kind::String(text) => text.as_str(),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Parts(parts) => match parts.first() {
                Some(StringPart::Literal(text)) => text.as_str(),
                _ => return false,
            },
            _ => return false,
        },
        _ => return false,
    };
    start.strip_prefix("arn:").is_some_and(|rest| rest.contains(':'))
}

/// The one account id that all of them are.
fn only<'a>(mut accounts: impl Iterator<Item = &'a Arc<str>>) -> Option<&'a Arc<str>> {
    let first = accounts.next()?;
    (is_account_id(first) && accounts.all(|account| account == first)).then_some(first)
}

/// The ARN of the resource that a policy protects, if it is known or follows from its name. A bucket policy whose
/// bucket nobody names is about the one bucket that its statements name.
pub(super) fn arn(ctx: &Context<'_>, kind: PolicyKind, statements: &[Statement]) -> Option<Arc<str>> {
    if let Some(arn) = ctx.arn {
        return Some(arn.into());
    }
    if kind != PolicyKind::Bucket {
        return None;
    }
    let name = match (ctx.name, ctx.address) {
        (Some(name), _) => name.to_owned(),
        (None, Some(address)) => symbol::of(address),
        (None, None) => named_bucket(statements)?,
    };
    Some(format!("arn:{}:s3:::{name}", ctx.own_partition()).into())
}

/// The one bucket that statements name.
fn named_bucket(statements: &[Statement]) -> Option<String> {
    let listed = statements.iter().filter_map(|statement| statement.resources.as_ref());
    let resources = listed.filter(|list| !list.negated).flat_map(|list| &list.items);
    let mut names = resources.filter_map(|resource| {
        let arn = Arn::parse(&resource.part.text).filter(|arn| arn.service == "s3")?;
        let name = arn.resource.split('/').next().unwrap_or_default();
        (!has_wildcard(name)).then_some(name)
    });
    let first = names.next()?;
    names.all(|name| name == first).then(|| first.to_owned())
}
