//! Types, as Terraform tells them apart (cty).

use std::collections::BTreeMap;
use std::sync::Arc;

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
