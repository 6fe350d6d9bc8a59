//! Values to policy documents.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Action, Condition, Effect, Elements, Fault, FaultKind, Part, PolicyDocument, Principal, Resource, Statement, own,
};
use crate::diagnostic::{Diagnostic, Level};
use crate::iam::condition::Operator;
use crate::iam::context::Context;
use crate::iam::keys;
use crate::iam::kind::PolicyKind;
use crate::iam::kms::ActionSet;
use crate::iam::pattern::Pattern;
use crate::iam::principal::Who;
use crate::iam::request_keys;
use crate::iam::symbol;
use crate::parse::json;
use crate::source::{FileId, Span};
use crate::value::{Entries, Entry, Kind, Known, Map, Origin, Type, Unknown, Value, node_to_value};

/// The most statements that are read. A policy with more is larger than any service accepts.
const MAX_STATEMENTS: usize = 2000;
/// The most items of a list that are read.
const MAX_ITEMS: usize = 4096;
/// The most conditions of a statement that are read.
const MAX_CONDITIONS: usize = 256;

/// The elements of a statement.
const ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// Reads a policy document. A value that is no document gives one without statements that is open.
pub fn read(policy: &Value, kind: PolicyKind, ctx: &Context<'_>) -> PolicyDocument {
    let opened = opened(policy);
    let broken = opened.as_ref().is_some_and(|(_, broken)| *broken);
    let opened = opened.map(|(value, _)| value);
    let body = opened.as_deref().and_then(Value::as_map);
    let version = body.and_then(|body| body.get("Version"));
    let owned = kind.has_principals().then(|| symbol::Owned { account: ctx.own_account() });
    let mut reader = Reader { ctx, variables: false, owned, actions: FxHashMap::default() };
    let version = version.and_then(|entry| reader.part(&entry.value));
    reader.variables = version.as_ref().is_some_and(|version| &*version.text == "2012-10-17");

    let mut faults = Vec::new();
    let mut statements = Vec::new();
    let mut open = (body.is_none() && !policy.is_null()) || broken;
    if broken {
        faults.push(fault(FaultKind::Invalid, "JSON", policy.origin.clone()));
    }
    if let Some(body) = body {
        open |= gets_more(body);
        for (name, entry) in body {
            if !matches!(&**name, "Version" | "Id" | "Statement") && !is_unseen(name, entry) {
                faults.push(fault(FaultKind::UnknownElement, name, entry_origin(entry)));
            }
        }
        match body.get("Statement").map(|entry| &entry.value) {
            None if gets_more(body) => {}
            None => faults.push(fault(FaultKind::Missing, "Statement", policy.origin.clone())),
            Some(value) => open |= reader.statements(value, &mut statements, &mut faults),
        }
    }
    let (own_account, own_is_certain) = own::account(ctx, kind, &statements);
    if ctx.account.is_none() && !symbol::has(&own_account) && own::is_also_symbol(&statements) {
        // The account is written out in one place and taken from the deployment in another: both mean the same.
        return read(policy, kind, &Context { account: Some(&own_account), ..*ctx });
    }
    let own_arn = own::arn(ctx, kind, &statements);
    let partition = own::partition(ctx, &own_account, &statements);
    PolicyDocument {
        kind,
        version,
        statements,
        open,
        own_account,
        own_is_certain,
        partition_is_certain: partition.is_some(),
        partition: partition.unwrap_or_else(|| ctx.own_partition().into()),
        own_arn,
        size: opened.as_deref().and_then(|body| size(policy, body)),
        faults,
        origin: policy.origin.clone(),
    }
}

/// The mapping behind a policy: itself, or what its text holds; `None` if that is not known.
pub fn open(policy: &Value) -> Option<Cow<'_, Value>> {
    opened(policy).filter(|(body, _)| body.as_map().is_some()).map(|(body, _)| body)
}

/// The mapping or list behind a value: itself, or what its JSON text holds; `None` if that is not known.
pub fn open_json(value: &Value) -> Option<Cow<'_, Value>> {
    let opened = match &value.kind {
        Kind::String(text) if text.encoded().is_none() && text.as_str().trim_start().starts_with('[') => {
            let (node, _) = json::parse_text(text, fallback(value));
            Some(Cow::Owned(node_to_value(&node)))
        }
        _ => opened(value).map(|(body, _)| body),
    };
    opened.filter(|body| body.as_map().is_some() || body.as_list().is_some())
}

/// The value behind a policy and whether its text breaks the grammar of JSON.
fn opened(policy: &Value) -> Option<(Cow<'_, Value>, bool)> {
    match &policy.kind {
        Kind::Map(_) => Some((Cow::Borrowed(policy), false)),
        Kind::String(text) => match text.encoded() {
            Some(value) => Some((Cow::Borrowed(value), false)),
            None if text.as_str().trim_start().starts_with('{') => {
                let (node, problems) = json::parse_text(text, fallback(policy));
                Some((Cow::Owned(node_to_value(&node)), is_broken(&problems)))
            }
            None => None,
        },
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Encoding(value) => Some((Cow::Borrowed(value), false)),
            Known::Parts(parts) => {
                let (value, problems) = json::parse_parts(parts, fallback(policy));
                Some((Cow::Owned(value), is_broken(&problems)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The place of text that nobody wrote.
fn fallback(policy: &Value) -> Span {
    policy.origin.span.unwrap_or(Span::new(FileId(u32::MAX), 0, 0))
}

fn is_broken(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.level == Level::Error)
}

/// The bytes that are sent: those of the text if it is one, else of the shortest encoding.
fn size(policy: &Value, body: &Value) -> Option<usize> {
    match policy.as_str() {
        Some(text) => Some(text.len()),
        None => body.is_wholly_known().then(|| encoded_size(body)),
    }
}

fn encoded_size(value: &Value) -> usize {
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => 4,
        Kind::Bool(value) => 5 - usize::from(*value),
        Kind::Number(number) => number.to_string().len(),
        Kind::String(text) => {
            2 + text.as_str().len() + text.as_str().bytes().filter(|b| matches!(b, b'"' | b'\\' | b'\n')).count()
        }
        Kind::List(list) => 1 + list.items.len().max(1) + list.items.iter().map(encoded_size).sum::<usize>(),
        Kind::Map(map) => {
            let entries = map.entries.iter().map(|(key, entry)| key.len() + 3 + encoded_size(&entry.value));
            1 + map.entries.len().max(1) + entries.sum::<usize>()
        }
    }
}

fn fault(kind: FaultKind, element: &str, origin: Origin) -> Fault {
    Fault { kind, element: element.into(), origin }
}

/// Whether there is more of an element than is read, which is a fault.
fn is_limited(count: usize, most: usize, element: &str, value: &Value, faults: &mut Vec<Fault>) -> bool {
    if count > most {
        faults.push(fault(FaultKind::TooMany, element, value.origin.clone()));
    }
    count > most
}

/// Where an entry is written: its key, or its value.
fn entry_origin(entry: &Entry) -> Origin {
    entry.key.map_or_else(|| entry.value.origin.clone(), Origin::at)
}

struct Reader<'a> {
    ctx: &'a Context<'a>,
    /// Whether `${…}` are policy variables.
    variables: bool,
    /// What is known of the resource, if it is the policy of one.
    owned: Option<symbol::Owned<'a>>,
    /// What actions were found to match.
    actions: FxHashMap<Arc<str>, (Pattern, ActionSet)>,
}

impl Reader<'_> {
    fn part(&self, value: &Value) -> Option<Part> {
        let text = self.ctx.text(value)?;
        Some(Part { text, origin: value.origin.clone() })
    }

    /// A part in which policy variables are symbols.
    fn variable_part(&self, value: &Value) -> Option<Part> {
        let mut part = self.part(value)?;
        if self.variables
            && let Some(text) = symbol::policy_variables(&part.text, self.owned)
        {
            part.text = text.into();
        }
        Some(part)
    }

    /// Reads the statements; says whether there may be more.
    fn statements(&mut self, value: &Value, statements: &mut Vec<Statement>, faults: &mut Vec<Fault>) -> bool {
        match &value.kind {
            Kind::Map(map) if gets_more(&map.entries) => true,
            Kind::Map(map) => {
                let statement = self.statement(statements.len(), &map.entries, value);
                statements.push(statement);
                false
            }
            Kind::List(list) => {
                if list.items.is_empty() {
                    faults.push(fault(FaultKind::Empty, "Statement", value.origin.clone()));
                }
                let mut open = is_limited(list.items.len(), MAX_STATEMENTS, "Statement", value, faults);
                for item in list.items.iter().take(MAX_STATEMENTS) {
                    match &item.kind {
                        Kind::Map(map) if gets_more(&map.entries) => open = true,
                        Kind::Map(map) => {
                            let statement = self.statement(statements.len(), &map.entries, item);
                            statements.push(statement);
                        }
                        Kind::Null => {}
                        Kind::Unknown(_) => open = true,
                        _ => faults.push(fault(FaultKind::Invalid, "Statement", item.origin.clone())),
                    }
                }
                open
            }
            Kind::Unknown(_) => true,
            _ => {
                faults.push(fault(FaultKind::Invalid, "Statement", value.origin.clone()));
                false
            }
        }
    }

    fn statement(&mut self, index: usize, body: &Entries, value: &Value) -> Statement {
        let mut faults = Vec::new();
        for (name, entry) in body {
            if !ELEMENTS.contains(&&**name) {
                faults.push(fault(FaultKind::UnknownElement, name, entry_origin(entry)));
            }
        }
        let (effect, effect_origin) = effect(body, value, &mut faults);
        let principals = self.either(body, "Principal", "NotPrincipal", value, &mut faults, Self::principals);
        let actions = self.either(body, "Action", "NotAction", value, &mut faults, Self::actions);
        let resources = self.either(body, "Resource", "NotResource", value, &mut faults, Self::resources);
        let (conditions, conditions_open) = match present(body, "Condition") {
            Some(entry) => self.conditions(&entry.value, &mut faults),
            None => (Vec::new(), false),
        };
        let listed = actions.as_ref().map_or(ActionSet::EMPTY, Elements::kms);
        let kms = conditions.iter().fold(listed, request_keys::possible);
        let mut statement = Statement {
            index,
            sid: present(body, "Sid").and_then(|entry| self.part(&entry.value)),
            effect,
            effect_origin,
            principals,
            actions,
            resources,
            conditions,
            conditions_open,
            bound: Vec::new(),
            kms,
            faults,
            origin: value.origin.clone(),
        };
        statement.bound = super::bound::principals(&statement);
        statement
    }

    /// The plain or the negated form of an element.
    fn either<T>(
        &mut self,
        body: &Entries,
        plain: &str,
        negated: &str,
        statement: &Value,
        faults: &mut Vec<Fault>,
        read: impl Fn(&mut Self, &Entry, &str, &mut Vec<Fault>) -> (Vec<T>, bool),
    ) -> Option<Elements<T>> {
        let (name, entry) = match (present(body, plain), present(body, negated)) {
            (Some(entry), None) => (plain, entry),
            (None, Some(entry)) => (negated, entry),
            (Some(_), Some(other)) => {
                faults.push(fault(FaultKind::BothForms, plain, entry_origin(other)));
                return None;
            }
            (None, None) => {
                faults.push(fault(FaultKind::Missing, plain, statement.origin.clone()));
                return None;
            }
        };
        let (items, open) = read(self, entry, name, faults);
        Some(Elements { negated: name == negated, items, open, origin: entry_origin(entry) })
    }

    fn principals(&mut self, entry: &Entry, name: &str, faults: &mut Vec<Fault>) -> (Vec<Principal>, bool) {
        let value = &entry.value;
        let untyped = |who, part| Principal { ty: "".into(), who, part, writes_partition: false };
        match &value.kind {
            Kind::Map(map) => {
                let mut result = Vec::new();
                let mut open = false;
                let listed = map.entries.iter().filter(|(_, entry)| !entry.value.is_null());
                for (ty, entry) in listed {
                    let (items, more) = self.strings(&entry.value, name, faults, |reader, item| {
                        let part = reader.part(item)?;
                        let writes_partition = own::writes_partition(item);
                        Some(Principal { ty: Arc::clone(ty), who: who(ty, &part), part, writes_partition })
                    });
                    if items.iter().any(|principal| principal.part.text.is_empty()) {
                        faults.push(fault(FaultKind::Empty, name, entry.value.origin.clone()));
                    }
                    result.extend(items.into_iter().filter(|principal| !principal.part.text.is_empty()));
                    open |= more;
                }
                if map.entries.is_empty() {
                    faults.push(fault(FaultKind::Empty, name, value.origin.clone()));
                }
                (result, open)
            }
            Kind::Unknown(_) => (Vec::new(), true),
            _ => match self.part(value) {
                Some(part) if &*part.text == "*" => (vec![untyped(Who::Everyone, part)], false),
                Some(part) => {
                    let who = Who::Malformed(Arc::clone(&part.text), "only * may stand without a type");
                    (vec![untyped(who, part)], false)
                }
                None => {
                    faults.push(fault(FaultKind::Empty, name, value.origin.clone()));
                    (Vec::new(), false)
                }
            },
        }
    }

    fn actions(&mut self, entry: &Entry, name: &str, faults: &mut Vec<Fault>) -> (Vec<Action>, bool) {
        self.strings(&entry.value, name, faults, |reader, item| {
            let part = reader.part(item)?;
            let (pattern, kms) = reader.actions.entry(Arc::clone(&part.text)).or_insert_with(|| {
                let pattern = Pattern::any_case(&part.text);
                let kms = ActionSet::matching(&pattern);
                (pattern, kms)
            });
            Some(Action { pattern: pattern.clone(), kms: *kms, part })
        })
    }

    fn resources(&mut self, entry: &Entry, name: &str, faults: &mut Vec<Fault>) -> (Vec<Resource>, bool) {
        self.strings(&entry.value, name, faults, |reader, item| {
            let part = reader.variable_part(item)?;
            Some(Resource { pattern: Pattern::exact_case(&part.text), part })
        })
    }

    /// A string or a list of strings; says whether there may be more.
    fn strings<T>(
        &mut self,
        value: &Value,
        name: &str,
        faults: &mut Vec<Fault>,
        mut read: impl FnMut(&mut Self, &Value) -> Option<T>,
    ) -> (Vec<T>, bool) {
        let items = match &value.kind {
            Kind::List(list) => list.items.as_slice(),
            Kind::Unknown(unknown) if !is_text(unknown) => return (Vec::new(), true),
            _ => std::slice::from_ref(value),
        };
        if items.is_empty() {
            faults.push(fault(FaultKind::Empty, name, value.origin.clone()));
        }
        let open = is_limited(items.len(), MAX_ITEMS, name, value, faults);
        let mut result = Vec::with_capacity(items.len().min(MAX_ITEMS));
        for item in items.iter().take(MAX_ITEMS).filter(|item| !item.is_null()) {
            match read(self, item) {
                Some(item) => result.push(item),
                None => faults.push(fault(FaultKind::Invalid, name, item.origin.clone())),
            }
        }
        (result, open)
    }

    fn conditions(&mut self, value: &Value, faults: &mut Vec<Fault>) -> (Vec<Condition>, bool) {
        let Some(operators) = value.as_map() else {
            if !value.is_unknown() {
                faults.push(fault(FaultKind::Invalid, "Condition", value.origin.clone()));
            }
            return (Vec::new(), value.is_unknown());
        };
        let mut result = Vec::new();
        let mut open = false;
        for (operator, entry) in operators {
            let Some(keys) = entry.value.as_map() else {
                open |= entry.value.is_unknown();
                if !entry.value.is_unknown() && !entry.value.is_null() {
                    faults.push(fault(FaultKind::Invalid, "Condition", entry_origin(entry)));
                }
                continue;
            };
            for (key, entry) in keys.iter().filter(|(_, entry)| !entry.value.is_null()) {
                if is_unseen(key, entry) {
                    open = true;
                    continue;
                }
                if is_limited(result.len() + 1, MAX_CONDITIONS, "Condition", value, faults) {
                    return (result, true);
                }
                let (values, more) =
                    self.strings(&entry.value, "Condition", faults, |reader, item| reader.variable_part(item));
                result.push(Condition {
                    operator: Operator::parse(operator),
                    operator_text: Arc::clone(operator),
                    key: Arc::clone(key),
                    known_key: keys::find(key),
                    misspelt: keys::is_misspelt(key),
                    values,
                    open: more,
                    origin: entry_origin(entry),
                });
            }
        }
        (result, open)
    }
}

/// Whether an unknown is a text of which something is known, rather than perhaps a list.
fn is_text(unknown: &Unknown) -> bool {
    matches!(unknown.known, Known::Reference(_) | Known::Symbol(_) | Known::Parts(_) | Known::Refined { .. })
        || unknown.ty == Type::String
}

/// Whether this entry stands for others that a snippet brings which is not here.
fn is_unseen(name: &str, entry: &Entry) -> bool {
    name == Map::UNSEEN && entry.value.is_unknown()
}

/// Whether a mapping gets entries from a snippet that is not here: nothing can be said of what it lacks.
fn gets_more(entries: &Entries) -> bool {
    entries.get(Map::UNSEEN).is_some_and(|entry| entry.value.is_unknown())
}

fn present<'a>(body: &'a Entries, name: &str) -> Option<&'a Entry> {
    body.get(name).filter(|entry| !entry.value.is_null())
}

fn effect(body: &Entries, statement: &Value, faults: &mut Vec<Fault>) -> (Effect, Origin) {
    let Some(entry) = present(body, "Effect") else {
        faults.push(fault(FaultKind::Missing, "Effect", statement.origin.clone()));
        return (Effect::Invalid, statement.origin.clone());
    };
    let effect = match (&entry.value.kind, entry.value.as_str()) {
        (_, Some("Allow")) => Effect::Allow,
        (_, Some("Deny")) => Effect::Deny,
        (Kind::Unknown(_), _) => Effect::Unknown,
        _ => {
            faults.push(fault(FaultKind::Invalid, "Effect", entry.value.origin.clone()));
            Effect::Invalid
        }
    };
    (effect, entry.value.origin.clone())
}

fn who(ty: &str, part: &Part) -> Who {
    let text = || Arc::clone(&part.text);
    match ty {
        "AWS" => Who::aws(&part.text),
        _ if symbol::is_whole(&part.text) => Who::Unknown,
        "Service" if &*part.text == "*" => Who::Malformed(text(), "a service must be named"),
        "Service" => Who::Service(text()),
        "Federated" => Who::Federated(text()),
        "CanonicalUser" => Who::Canonical(text()),
        "*" => Who::Everyone,
        _ => Who::Malformed(text(), "there is no such type of principal"),
    }
}
