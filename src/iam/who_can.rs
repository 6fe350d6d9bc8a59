//! Who may do something with a resource, through which statement, under which condition.

use super::condition::RequestContext;
use super::decide::{Decision, IdentityPolicies, Request, can};
use super::document::{Condition, Effect, PolicyDocument, Principal, Statement};
use super::facts::{kind, owner_word};
use super::grant::Grant;
use super::pattern::Pattern;
use super::principal::Who;
use super::symbol;
use super::truth::Truth;
use crate::resource::Resource;
use crate::value::{Origin, Value};

/// One way to an action.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who.
    pub principal: String,
    /// What sort of principal: `role`, `service`, `account`.
    pub kind: &'static str,
    /// Whose it is, if it belongs to an account: `own`, `foreign`, `aws`, `unknown`.
    pub owner: Option<&'static str>,
    /// How the principal comes to it.
    pub through: Through,
    /// The place of the statement or grant, from 0.
    pub index: usize,
    /// The Sid of the statement, or its place, for people.
    pub name: String,
    /// Where the principal is written.
    pub origin: Origin,
    /// The conditions that must hold, for people; empty if there are none.
    pub conditions: Vec<String>,
    /// The conditions under which it is denied all the same.
    pub unless: Vec<String>,
}

/// How a principal comes to an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Through {
    /// The statement names it.
    Statement,
    /// The statement lets the policies of its account decide.
    AccountPolicies,
    /// A grant names it.
    Grant,
}

impl Through {
    /// `statement`, `account-policies` or `grant`.
    pub fn as_str(self) -> &'static str {
        match self {
            Through::Statement => "statement",
            Through::AccountPolicies => "account-policies",
            Through::Grant => "grant",
        }
    }
}

/// The key policy that is written in a resource, if it is one that can hold one.
pub fn key_policy(resource: &Resource) -> Option<&Value> {
    let setting = match &*resource.ty {
        "aws_kms_key"
        | "aws_kms_external_key"
        | "aws_kms_replica_key"
        | "aws_kms_replica_external_key"
        | "aws_kms_key_policy" => "policy",
        "AWS::KMS::Key" | "AWS::KMS::ReplicaKey" => "KeyPolicy",
        "policy.key" => "document",
        _ => return None,
    };
    resource.values.get(setting).filter(|policy| !resource.data && !policy.is_null())
}

/// The ways to an action (`kms:Decrypt`, `kms:Decr*`) on the resource of a policy; only those of `principal`, if given.
pub fn who_can(document: &PolicyDocument, grants: &[Grant], action: &str, principal: Option<&Who>) -> Vec<Row> {
    let wanted = Pattern::any_case(action);
    let mut rows = Vec::new();
    for statement in document.allows().filter(|statement| is_about(statement, &wanted)) {
        if statement.covers_resource(document, None).is_false() {
            continue;
        }
        if let Some(principals) = statement.principals.as_ref().filter(|principals| principals.negated) {
            let listed: Vec<String> = principals.items.iter().map(|principal| principal.who.show()).collect();
            let who = format!("everyone except {}", super::findings::join(&listed));
            rows.push(row(statement, who, "everyone", principals.origin.clone()));
        }
        for listed in statement.plain_principals() {
            rows.extend(of_principal(document, statement, listed, action, principal));
        }
    }
    for (index, grant) in grants.iter().enumerate() {
        rows.extend(of_grant(index, grant, &wanted, principal));
    }
    rows
}

fn is_about(statement: &Statement, action: &Pattern) -> bool {
    statement.actions.as_ref().is_some_and(|actions| {
        let listed = actions.items.iter();
        match actions.negated {
            false => listed.into_iter().any(|item| !item.pattern.intersects(action).is_false()),
            true => !super::pattern::covered(action, &listed.map(|item| item.pattern.clone()).collect::<Vec<_>>()),
        }
    })
}

fn of_principal(
    document: &PolicyDocument,
    statement: &Statement,
    listed: &Principal,
    action: &str,
    asked: Option<&Who>,
) -> Option<Row> {
    let (who, direct) = match asked {
        None => (&listed.who, true),
        Some(asked) => match listed.who.is(asked) {
            (Truth::False, _) => return None,
            (_, direct) => (asked, direct),
        },
    };
    if matches!(who, Who::Malformed(..) | Who::UniqueId(_)) {
        return None;
    }
    let request = Request {
        principal: who.clone(),
        action: action.to_owned(),
        resource: None,
        context: RequestContext::open(),
        identity: IdentityPolicies::Unknown,
    };
    let context = request.context.clone().of_caller(who, &document.partition);
    if statement.conditions_hold(&context).is_false() {
        return None;
    }
    let decided = *who != Who::Everyone && !matches!(who, Who::Unknown) && !action.contains(['*', '?']);
    if decided && can(document, &[], &request).decision == Decision::Deny {
        return None;
    }
    let account = matches!(listed.who, Who::Account(_)) && (asked.is_none() || !direct);
    let mut result = row(statement, who.show(), kind(who), listed.part.origin.clone());
    result.owner = document.owner_of(who).map(owner_word);
    result.through = if account { Through::AccountPolicies } else { Through::Statement };
    result.unless = denials(document, who, action);
    Some(result)
}

/// The conditions under which a principal is denied the action all the same.
fn denials(document: &PolicyDocument, who: &Who, action: &str) -> Vec<String> {
    let wanted = Pattern::any_case(action);
    let about = document.statements.iter().filter(|statement| {
        statement.effect == Effect::Deny
            && is_about(statement, &wanted)
            && statement.plain_principals().iter().any(|listed| listed.who.includes(who, true))
    });
    let context = RequestContext::open().of_caller(who, &document.partition).with_tls();
    about
        .filter(|statement| !statement.conditions_hold(&context).is_false())
        .map(|statement| {
            let conditions: Vec<String> = statement.conditions.iter().map(Condition::show).collect();
            format!("{} ({})", conditions.join(" and "), statement.name())
        })
        .collect()
}

fn row(statement: &Statement, principal: String, kind: &'static str, origin: Origin) -> Row {
    Row {
        principal,
        kind,
        owner: None,
        through: Through::Statement,
        index: statement.index,
        name: statement.name(),
        origin,
        conditions: statement.conditions.iter().map(Condition::show).collect(),
        unless: Vec::new(),
    }
}

fn of_grant(index: usize, grant: &Grant, wanted: &Pattern, asked: Option<&Who>) -> Option<Row> {
    let who = grant.who();
    if asked.is_some_and(|asked| who.is(asked).0.is_false()) {
        return None;
    }
    let covers = grant.open
        || grant
            .operations
            .iter()
            .any(|operation| !wanted.matches(&format!("kms:{}", operation.text.to_ascii_lowercase())).is_false());
    if !covers {
        return None;
    }
    let pairs = grant.constraint.iter().flat_map(|constraint| constraint.pairs.iter().flatten());
    Some(Row {
        principal: who.show(),
        kind: kind(&who),
        owner: None,
        through: Through::Grant,
        index,
        name: format!("grant {}", index + 1),
        origin: grant.grantee.as_ref().map_or_else(Origin::none, |part| part.origin.clone()),
        conditions: pairs.map(|(key, value)| format!("encryption context {key} is \"{}\"", value.show())).collect(),
        unless: Vec::new(),
    })
}

impl Condition {
    /// The condition for people: `kms:ViaService StringEquals "s3.eu-west-1.amazonaws.com" or "…"`.
    pub fn show(&self) -> String {
        let mut values: Vec<String> = self.values.iter().take(4).map(|value| format!("\"{}\"", value.show())).collect();
        if self.values.len() > 4 {
            values.push(format!("{} more", self.values.len() - 4));
        }
        if self.open {
            values.push("what is not known".to_owned());
        }
        format!("{} {} {}", symbol::show(&self.key), self.operator_text, values.join(" or "))
    }
}
