//! Types, as Terraform tells them apart (cty).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Kind, ListSort, MapSort, Value};

/// A type of values. CloudFormation knows fewer: it uses what fits.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Type {
    /// Any type, or one that is not known yet.
    #[default]
    Dynamic,
    /// A boolean.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list of one type.
    List(Arc<Type>),
    /// A set of one type.
    Set(Arc<Type>),
    /// A map to one type.
    Map(Arc<Type>),
    /// A sequence of a fixed length.
    Tuple(Arc<[Type]>),
    /// A mapping with fixed keys.
    Object(Arc<BTreeMap<Arc<str>, Type>>),
}

impl Type {
    /// A list of some type.
    pub fn list(item: Type) -> Self {
        Type::List(Arc::new(item))
    }

    /// A set of some type.
    pub fn set(item: Type) -> Self {
        Type::Set(Arc::new(item))
    }

    /// A map to some type.
    pub fn map(item: Type) -> Self {
        Type::Map(Arc::new(item))
    }

    /// The type of a value. `null` has none of its own.
    pub fn of(value: &Value) -> Self {
        match &value.kind {
            Kind::Null => Type::Dynamic,
            Kind::Bool(_) => Type::Bool,
            Kind::Number(_) => Type::Number,
            Kind::String(_) => Type::String,
            Kind::List(list) => match &list.sort {
                ListSort::Tuple => Type::Tuple(list.items.iter().map(Type::of).collect()),
                ListSort::List(item) => Type::list(item.clone()),
                ListSort::Set(item) => Type::set(item.clone()),
            },
            Kind::Map(map) => match &map.sort {
                MapSort::Object => Type::Object(Arc::new(
                    map.entries.iter().map(|(key, entry)| (Arc::clone(key), Type::of(&entry.value))).collect(),
                )),
                MapSort::Map(item) => Type::map(item.clone()),
            },
            Kind::Unknown(unknown) => unknown.ty.clone(),
        }
    }

    /// Whether it is a string, number or boolean.
    pub fn is_primitive(&self) -> bool {
        matches!(self, Type::Bool | Type::Number | Type::String)
    }

    /// Whether it or anything in it is not known.
    pub fn has_dynamic(&self) -> bool {
        match self {
            Type::Dynamic => true,
            Type::Bool | Type::Number | Type::String => false,
            Type::List(item) | Type::Set(item) | Type::Map(item) => item.has_dynamic(),
            Type::Tuple(items) => items.iter().any(Type::has_dynamic),
            Type::Object(attributes) => attributes.values().any(Type::has_dynamic),
        }
    }

    /// The type of the items, if it is a list, set or map.
    pub fn item(&self) -> Option<&Type> {
        match self {
            Type::List(item) | Type::Set(item) | Type::Map(item) => Some(item),
            _ => None,
        }
    }

    /// What a person calls it when the details do not matter: `list of string`, `object`.
    pub fn friendly(&self) -> String {
        match self {
            Type::Dynamic => "any type".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Number => "number".to_owned(),
            Type::String => "string".to_owned(),
            Type::List(item) => format!("list of {}", item.friendly()),
            Type::Set(item) => format!("set of {}", item.friendly()),
            Type::Map(item) => format!("map of {}", item.friendly()),
            Type::Tuple(_) => "tuple".to_owned(),
            Type::Object(_) => "object".to_owned(),
        }
    }
}

/// As a type constraint: `list(string)`, `object({a=number})`.
impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Dynamic => f.write_str("any"),
            Type::Bool => f.write_str("bool"),
            Type::Number => f.write_str("number"),
            Type::String => f.write_str("string"),
            Type::List(item) => write!(f, "list({item})"),
            Type::Set(item) => write!(f, "set({item})"),
            Type::Map(item) => write!(f, "map({item})"),
            Type::Tuple(items) => {
                let items = items.iter().map(Type::to_string).collect::<Vec<_>>();
                write!(f, "tuple([{}])", items.join(", "))
            }
            Type::Object(attributes) => {
                let attributes = attributes.iter().map(|(name, ty)| format!("{name}={ty}")).collect::<Vec<_>>();
                write!(f, "object({{{}}})", attributes.join(", "))
            }
        }
    }
}
