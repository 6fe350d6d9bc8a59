//! What functions take.

use std::sync::LazyLock;

use crate::value::{Kind, ListSort, MapSort, Type, Value};

/// The sorts of types that parameters and results have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::terraform) enum Shape {
    Any,
    Bool,
    Number,
    String,
    List,
    ListOfBool,
    ListOfString,
    Set,
    Map,
    MapOfListsOfString,
}

impl Shape {
    /// The type.
    pub(in crate::terraform) fn ty(self) -> Type {
        static COMPOUND: LazyLock<[Type; 6]> = LazyLock::new(|| {
            [
                Type::list(Type::Dynamic),
                Type::list(Type::Bool),
                Type::list(Type::String),
                Type::set(Type::Dynamic),
                Type::map(Type::Dynamic),
                Type::map(Type::list(Type::String)),
            ]
        });
        match self {
            Shape::Any => Type::Dynamic,
            Shape::Bool => Type::Bool,
            Shape::Number => Type::Number,
            Shape::String => Type::String,
            Shape::List => COMPOUND[0].clone(),
            Shape::ListOfBool => COMPOUND[1].clone(),
            Shape::ListOfString => COMPOUND[2].clone(),
            Shape::Set => COMPOUND[3].clone(),
            Shape::Map => COMPOUND[4].clone(),
            Shape::MapOfListsOfString => COMPOUND[5].clone(),
        }
    }
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub(in crate::terraform) struct Param {
    /// Its name, for messages.
    pub(in crate::terraform) name: &'static str,
    shape: Shape,
    /// Whether null may be given.
    pub(in crate::terraform) null: bool,
    /// Whether an unknown value reaches the function. Otherwise it makes the result unknown.
    pub(in crate::terraform) unknown: bool,
    /// Whether marks reach the function. Otherwise they are taken off and put on the result.
    pub(in crate::terraform) marks: bool,
    /// Whether unknown values inside of a collection make the result unknown.
    pub(in crate::terraform) whole: bool,
}

impl Param {
    /// A parameter that takes known values other than null.
    pub(super) const fn new(name: &'static str, shape: Shape) -> Self {
        Param { name, shape, null: false, unknown: false, marks: false, whole: false }
    }

    /// The same, which may be null.
    pub(super) const fn null(mut self) -> Self {
        self.null = true;
        self
    }

    /// The same, which may be unknown.
    pub(super) const fn unknown(mut self) -> Self {
        self.unknown = true;
        self
    }

    /// The same, which may be marked.
    pub(super) const fn marks(mut self) -> Self {
        self.marks = true;
        self
    }

    /// The same, which must be known in all its parts.
    pub(super) const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Its type.
    pub(in crate::terraform) fn ty(&self) -> Type {
        self.shape.ty()
    }

    /// Whether a value has its type already.
    pub(in crate::terraform) fn fits(&self, value: &Value) -> bool {
        match (self.shape, &value.kind) {
            (Shape::Any, _) | (_, Kind::Null) => true,
            (Shape::Bool, Kind::Bool(_)) | (Shape::Number, Kind::Number(_)) | (Shape::String, Kind::String(_)) => true,
            (Shape::List, Kind::List(list)) => matches!(list.sort, ListSort::List(_)),
            (Shape::ListOfString, Kind::List(list)) => list.sort == ListSort::List(Type::String),
            (Shape::Set, Kind::List(list)) => matches!(list.sort, ListSort::Set(_)),
            (Shape::Map, Kind::Map(map)) => matches!(map.sort, MapSort::Map(_)),
            _ => false,
        }
    }
}
