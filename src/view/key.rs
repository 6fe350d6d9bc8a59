//! KMS keys as settings: who manages the key, and which resource it is.

use std::sync::Arc;

use super::instance::Instances;
use crate::resource::Resource;
use crate::value::{Entries, Entry, Kind, Known, Literal, Reason, Reference, Symbol, Unknown, Value};

/// The view of KMS keys.
pub(super) const VIEW: &str = "aws.kms.key";

/// A key as rules see it: `{"managed_by": "customer" | "aws", "id": …}`, with the key's own settings beside these
/// where its resource is in the unit.
pub(super) struct Key {
    /// The entries of the object.
    pub(super) entries: Entries,
    /// The key's resource.
    pub(super) resource: Option<usize>,
}

/// What a value says about a key.
pub(super) enum Described {
    /// No key is named: null or an empty string.
    Absent,
    /// This key.
    Known(Key),
    /// Some key or none.
    Unknown(Reason),
}

/// What an unknown key may be.
pub(super) fn domain() -> Vec<Literal> {
    vec![Literal::String("customer".into()), Literal::String("aws".into()), Literal::String("none".into())]
}

/// How the literals of [`domain`] are told.
pub(super) const PHRASES: [(&str, &str); 3] =
    [("customer", "names a customer managed key"), ("aws", "names a key of AWS's own"), ("none", "names no key")];

/// The key that a literal of [`domain`] stands for.
pub(super) fn of_literal(literal: &Literal) -> Value {
    match literal {
        Literal::String(by) if &**by == "none" => Value::null(),
        Literal::String(by) => Value::from_pairs([("managed_by", Value::string(by))]),
        _ => Value::null(),
    }
}

fn key(managed_by: &str, id: Option<&Value>, resource: Option<usize>) -> Described {
    let mut entries = Entries::default();
    entries.insert("managed_by".into(), Entry::generated(Value::string(managed_by)));
    if let Some(id) = id.filter(|id| id.as_str().is_some()) {
        entries.insert("id".into(), Entry::generated(id.clone()));
    }
    Described::Known(Key { entries, resource })
}

/// Reads a key from what stands at a key attribute: an ARN, id or alias, or a reference to a key or alias.
///
/// AWS managed keys have aliases that begin with `alias/aws/`
/// (<https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk>).
pub(super) fn describe(value: &Value, index: &Instances<'_>) -> Described {
    Scope { index, aliases: true }.describe(value)
}

/// Where keys are looked for.
#[derive(Clone, Copy)]
struct Scope<'a> {
    index: &'a Instances<'a>,
    /// Whether aliases are followed. An alias cannot aim at another one
    /// (<https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>, `TargetKeyId`).
    aliases: bool,
}

impl Scope<'_> {
    fn describe(self, value: &Value) -> Described {
        match &value.kind {
            Kind::Null => Described::Absent,
            Kind::String(text) if text.as_str().trim().is_empty() => Described::Absent,
            Kind::String(text) => match alias(text.as_str()) {
                Some(name) if is_aws(name) => key("aws", Some(value), None),
                Some(name) => key("customer", Some(value), self.by_alias(name)),
                None if text.as_str() == "AWS_OWNED_KMS_KEY" || text.as_str() == "AWS_OWNED_KEY" => {
                    key("aws", Some(value), None)
                }
                // The console shows these aliases without their prefix. No key id has a slash, so nothing else is meant.
                None if is_aws(text.as_str()) => key("aws", Some(value), None),
                None => key("customer", Some(value), None),
            },
            Kind::Unknown(unknown) => self.of_unknown(value, unknown),
            // A list of keys, or an object: not a key attribute's shape.
            _ => Described::Unknown(Reason::Unsupported("a key that is not a string".into())),
        }
    }

    fn of_unknown(self, value: &Value, unknown: &Unknown) -> Described {
        match &unknown.known {
            Known::Reference(reference) => self.of_reference(reference, unknown),
            Known::Resource(object) => {
                let attribute = Arc::from("arn");
                self.of_reference(&Reference { address: Arc::clone(&object.address), attribute }, unknown)
            }
            Known::Parts(parts) => {
                let mut text = String::new();
                for part in parts.iter() {
                    match part {
                        crate::value::StringPart::Literal(literal) => text.push_str(literal.as_str()),
                        crate::value::StringPart::Unknown(part) => {
                            if let Some(Unknown { known: Known::Reference(reference), .. }) = part.as_unknown()
                                && let found @ Described::Known(_) = self.of_reference(reference, unknown)
                            {
                                return found;
                            }
                            let place = matches!(
                                part.as_unknown().map(|unknown| &unknown.known),
                                Some(Known::Symbol(
                                    Symbol::Account | Symbol::Region | Symbol::Partition | Symbol::UrlSuffix
                                ))
                            );
                            text.push_str(if place { "_" } else { "*" });
                        }
                    }
                }
                match alias(&text) {
                    Some(name) if is_aws(name) => key("aws", Some(value), None),
                    Some(name) if !name.starts_with('*') => key("customer", Some(value), None),
                    None if text.contains(":key/") => key("customer", Some(value), None),
                    _ => Described::Unknown(unknown.reason.clone()),
                }
            }
            _ => Described::Unknown(unknown.reason.clone()),
        }
    }

    /// A reference to a key, a replica, an external key or an alias, as resource or data source.
    fn of_reference(self, reference: &Reference, unknown: &Unknown) -> Described {
        let target = self.index.at(&reference.address).first().copied();
        let ty = target.map_or("", |target| &*self.index.unit.resources[target].ty);
        let ty = if ty.is_empty() { terraform_type(&reference.address) } else { ty };
        match ty {
            "aws_kms_key"
            | "aws_kms_replica_key"
            | "aws_kms_external_key"
            | "aws_kms_replica_external_key"
            | "AWS::KMS::Key"
            | "AWS::KMS::ReplicaKey" => {
                if let Some(target) = target
                    && self.index.unit.resources[target].data
                    && let Some(id) = self.index.unit.resources[target].values.get("key_id")
                    && let Some(name) = id.as_str().and_then(alias)
                    && is_aws(name)
                {
                    return key("aws", None, None);
                }
                key("customer", None, target.filter(|target| !self.index.unit.resources[*target].data))
            }
            "aws_kms_alias" | "AWS::KMS::Alias" => {
                let Some(target) = target else { return key("customer", None, None) };
                let resource = &self.index.unit.resources[target];
                let name = alias_name(resource);
                if name.and_then(Value::as_str).is_some_and(|name| is_aws(name.trim_start_matches("alias/"))) {
                    return key("aws", None, None);
                }
                // A resource cannot have the name of an alias of AWS; what a data source reads may have any.
                if let (true, Some(unknown)) = (resource.data, name.and_then(Value::as_unknown)) {
                    return Described::Unknown(unknown.reason.clone());
                }
                self.aimed(resource).unwrap_or_else(|| key("customer", None, None))
            }
            _ => Described::Unknown(unknown.reason.clone()),
        }
    }

    /// The key that an alias of this unit aims at.
    fn by_alias(self, name: &str) -> Option<usize> {
        let resource = self.index.alias(name)?;
        match self.aimed(&self.index.unit.resources[resource])? {
            Described::Known(found) => found.resource,
            Described::Absent | Described::Unknown(_) => None,
        }
    }

    /// What an alias aims at, if that is known.
    fn aimed(self, alias: &Resource) -> Option<Described> {
        let target = alias.values.get("target_key_id").or_else(|| alias.values.get("TargetKeyId"))?;
        let target = self.aliases.then(|| Scope { aliases: false, ..self }.describe(target));
        target.filter(|target| matches!(target, Described::Known(_)))
    }
}

/// The resource type in an address such as `module.a.data.aws_kms_key.k[0]`.
fn terraform_type(address: &str) -> &str {
    let mut parts = address.split('.').peekable();
    while let Some(part) = parts.next() {
        match part {
            "module" => {
                parts.next();
            }
            "data" => return parts.next().unwrap_or_default(),
            other => return other,
        }
    }
    ""
}

/// The alias' name in `alias/x` or `arn:aws:kms:…:alias/x`.
fn alias(text: &str) -> Option<&str> {
    if let Some(name) = text.strip_prefix("alias/") {
        return Some(name);
    }
    text.starts_with("arn:").then(|| text.split_once(":alias/").map(|(_, name)| name)).flatten()
}

fn is_aws(alias: &str) -> bool {
    alias.starts_with("aws/")
}

/// The name that an alias is given.
pub(super) fn alias_name(alias: &Resource) -> Option<&Value> {
    alias.values.get("name").or_else(|| alias.values.get("AliasName"))
}
