//! Grants on KMS keys.

use std::sync::Arc;

use super::condition::Presence;
use super::context::Context;
use super::decide::Request;
use super::document::Part;
use super::principal::Who;
use super::truth::Truth;
use crate::value::{Entries, Kind, Value};

/// A grant, as the arguments say with which it is created.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Who gets the permissions.
    pub grantee: Option<Part>,
    /// Who may retire it.
    pub retiring: Option<Part>,
    /// What it permits: `Decrypt`.
    pub operations: Vec<Part>,
    /// Whether there may be operations that are not known.
    pub open: bool,
    /// Pairs of the encryption context that a request must have, and whether there may be no others.
    pub constraint: Option<Constraint>,
    /// Whether it is retired, not revoked, when it is removed from the code.
    pub retire_on_delete: Option<bool>,
    /// The account of the key: an id or a symbol.
    pub own_account: Arc<str>,
}

/// A constraint on the encryption context.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The pairs; `None` if they are not known.
    pub pairs: Option<Vec<(Arc<str>, Part)>>,
    /// Whether a request may have no others.
    pub exact: bool,
}

/// Reads a grant from the arguments of `aws_kms_grant` or the request of `CreateGrant`.
pub fn read(value: &Value, ctx: &Context<'_>) -> Option<Grant> {
    let body = value.as_map()?;
    let part = |value: &Value| ctx.text(value).map(|text| Part { text, origin: value.origin.clone() });
    let operations = either(body, "operations", "Operations");
    let items = operations.and_then(Value::as_list).unwrap_or_default();
    Some(Grant {
        grantee: either(body, "grantee_principal", "GranteePrincipal").and_then(part),
        retiring: either(body, "retiring_principal", "RetiringPrincipal").and_then(part),
        operations: items.iter().filter_map(part).collect(),
        open: operations.is_some_and(Value::is_unknown),
        constraint: either(body, "constraints", "Constraints").and_then(|value| constraint(value, ctx)),
        retire_on_delete: match either(body, "retire_on_delete", "RetireOnDelete") {
            None => Some(false),
            Some(value) => value.as_bool(),
        },
        own_account: ctx.own_account().into(),
    })
}

fn either<'a>(body: &'a Entries, one: &str, other: &str) -> Option<&'a Value> {
    body.get(one).or_else(|| body.get(other)).map(|entry| &entry.value).filter(|value| !value.is_null())
}

fn constraint(value: &Value, ctx: &Context<'_>) -> Option<Constraint> {
    if value.is_unknown() {
        return Some(Constraint { pairs: None, exact: false });
    }
    let body = value.as_map().or_else(|| value.as_list()?.first()?.as_map())?;
    let exact = either(body, "encryption_context_equals", "EncryptionContextEquals");
    let subset = either(body, "encryption_context_subset", "EncryptionContextSubset");
    let pairs = exact.or(subset)?;
    let listed = pairs.as_map().map(|entries| {
        let part = |value: &Value| ctx.text(value).map(|text| Part { text, origin: value.origin.clone() });
        entries.iter().filter_map(|(key, entry)| Some((Arc::clone(key), part(&entry.value)?))).collect::<Vec<_>>()
    });
    match (&listed, &pairs.kind) {
        (Some(listed), _) if listed.is_empty() => None,
        (None, Kind::Unknown(_)) | (Some(_), _) => Some(Constraint { pairs: listed, exact: exact.is_some() }),
        (None, _) => None,
    }
}

impl Grant {
    /// Who gets the permissions.
    pub fn who(&self) -> Who {
        self.grantee.as_ref().map_or(Who::Unknown, |part| Who::requester(&part.text))
    }

    /// Whether the grant allows a request.
    pub fn gives(&self, request: &Request) -> Truth {
        let (grantee, direct) = self.who().is(&request.principal);
        if grantee.is_false() || !direct {
            return Truth::False;
        }
        let named = self.operations.iter().any(|operation| {
            let action = request.action.get(4..).unwrap_or_default();
            operation.text.eq_ignore_ascii_case(action)
        });
        let operation = if self.open { Truth::from(named).or(Truth::Unknown) } else { named.into() };
        grantee.and(operation).and(self.constraint_holds(request))
    }

    fn constraint_holds(&self, request: &Request) -> Truth {
        let Some(constraint) = &self.constraint else { return Truth::True };
        let Some(pairs) = &constraint.pairs else { return Truth::Unknown };
        let listed = Truth::all(pairs.iter().map(|(key, value)| {
            match request.context.get(&format!("kms:EncryptionContext:{key}")) {
                Presence::Absent => Truth::False,
                Presence::Unknown => Truth::Unknown,
                Presence::Values(values) => values.iter().any(|given| **given == *value.text).into(),
            }
        }));
        match (constraint.exact, request.context.get("kms:EncryptionContextKeys")) {
            (true, Presence::Values(keys)) => listed.and((keys.len() == pairs.len()).into()),
            _ => listed,
        }
    }
}
