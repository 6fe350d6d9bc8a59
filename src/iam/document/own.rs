//! Whose policy it is, as far as the policy itself says so.

use std::sync::Arc;

use super::{Effect, Statement};
use crate::iam::arn::{Arn, has_wildcard, is_account_id};
use crate::iam::context::Context;
use crate::iam::kind::PolicyKind;
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;
use crate::iam::symbol;

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
    if accounts.iter().any(|(_, _, account)| &***account == symbol::ACCOUNT) {
        return (symbol::ACCOUNT.into(), true);
    }
    if kind == PolicyKind::Key {
        let change = ActionSet::named("PutKeyPolicy");
        let managers = accounts.iter().filter(|(statement, who, _)| {
            statement.effect == Effect::Allow && statement.kms.contains(change) && matches!(who, Who::Account(_))
        });
        let managers = managers.map(|(_, _, account)| *account);
        if let Some(account) = only(managers).or_else(|| only(accounts.iter().map(|(_, _, account)| *account))) {
            return (Arc::clone(account), true);
        }
    }
    (symbol::ACCOUNT.into(), false)
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
        return Some(symbol::strip(arn).into());
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
    let resources = statements.iter().flat_map(|statement| &statement.resources).flat_map(|list| &list.items);
    let mut names = resources.filter_map(|resource| {
        let arn = Arn::parse(&resource.part.text).filter(|arn| arn.service == "s3")?;
        let name = arn.resource.split('/').next().unwrap_or_default();
        (!has_wildcard(name)).then_some(name)
    });
    let first = names.next()?;
    names.all(|name| name == first).then(|| first.to_owned())
}
