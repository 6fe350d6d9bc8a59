//! Type constraints of variables: `list(string)`, `object({ name = string, size = optional(number, 3) })`.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{convert, convertible, unify};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::MAX_DEPTH;
use crate::parse::hcl::ast::{Call, Expr, ExprKind};
use crate::terraform::set::set_of;
use crate::value::{Entry, Kind, ListSort, MapSort, Origin, Type, Value};

/// A type that values are converted to, with optional attributes and their defaults.
#[derive(Clone, PartialEq, Debug)]
pub enum Constraint {
    /// A type that has no optional attribute anywhere.
    Type(Type),
    /// A list.
    List(Box<Constraint>),
    /// A set.
    Set(Box<Constraint>),
    /// A map.
    Map(Box<Constraint>),
    /// A tuple.
    Tuple(Vec<Constraint>),
    /// An object.
    Object(IndexMap<Arc<str>, Field>),
}

/// An attribute of an object constraint.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its type.
    pub constraint: Constraint,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it is when it is left out or null, converted to its type.
    pub default: Option<Value>,
}

impl Constraint {
    /// The type without its optional attributes' marks.
    pub fn ty(&self) -> Type {
        match self {
            Constraint::Type(ty) => ty.clone(),
            Constraint::List(item) => Type::list(item.ty()),
            Constraint::Set(item) => Type::set(item.ty()),
            Constraint::Map(item) => Type::map(item.ty()),
            Constraint::Tuple(items) => Type::Tuple(items.iter().map(Constraint::ty).collect()),
            Constraint::Object(fields) => Type::Object(Arc::new(
                fields.iter().map(|(name, field)| (Arc::clone(name), field.constraint.ty())).collect(),
            )),
        }
    }

    /// The value with defaults filled in, converted to this type.
    ///
    /// # Errors
    /// Why it does not convert, as a phrase.
    pub fn apply(&self, value: &Value) -> Result<Value, String> {
        match (self, &value.kind) {
            (_, Kind::Null) => Ok(value.clone()),
            (Constraint::Type(ty), _) => convert(value, ty),
            (_, Kind::Unknown(unknown)) => {
                let ty = self.ty();
                // Optional attributes may be missing from what the unknown is known to be.
                if self.accepts(&unknown.ty) {
                    let mut unknown = (**unknown).clone();
                    unknown.ty = ty;
                    return Ok(Value { kind: Kind::Unknown(Arc::new(unknown)), ..value.clone() });
                }
                convert(value, &ty)
            }
            (Constraint::List(item), Kind::List(list)) => {
                let items = apply_all(item, &list.items)?;
                Ok(replace(value, Value::list_of(ListSort::List(element_type(item, &items)), items)))
            }
            (Constraint::Set(item), Kind::List(list)) => {
                let items = apply_all(item, &list.items)?;
                Ok(replace(value, set_of(element_type(item, &items), items)))
            }
            (Constraint::Tuple(types), Kind::List(list)) if types.len() == list.items.len() => {
                let items = types.iter().zip(&list.items).map(|(ty, item)| ty.apply(item)).collect::<Result<_, _>>()?;
                Ok(replace(value, Value::list_of(ListSort::Tuple, items)))
            }
            (Constraint::Map(item), Kind::Map(map)) => {
                let mut entries = map.entries.clone();
                for (key, entry) in &mut entries {
                    entry.value = item.apply(&entry.value).map_err(|why| format!("element {key:?}: {why}"))?;
                }
                let items = entries.values().map(|entry| entry.value.clone()).collect::<Vec<_>>();
                let sort = MapSort::Map(element_type(item, &items));
                Ok(replace(value, Value::map_of(sort, entries)))
            }
            (Constraint::Object(fields), Kind::Map(map)) => apply_object(value, fields, &map.entries),
            (other, _) => Err(format!("{} required, but have {}", other.ty().friendly(), Type::of(value).friendly())),
        }
    }

    fn accepts(&self, given: &Type) -> bool {
        match (self, given) {
            (Constraint::Type(ty), _) => convertible(given, ty),
            (_, Type::Dynamic) => true,
            (Constraint::List(item) | Constraint::Set(item), Type::List(given) | Type::Set(given)) => {
                item.accepts(given)
            }
            (Constraint::Map(item), Type::Map(given)) => item.accepts(given),
            (Constraint::List(item) | Constraint::Set(item), Type::Tuple(given)) => {
                given.iter().all(|ty| item.accepts(ty))
            }
            (Constraint::Map(item), Type::Object(given)) => given.values().all(|ty| item.accepts(ty)),
            (Constraint::Object(fields), Type::Map(given)) => {
                fields.values().all(|field| field.constraint.accepts(given))
            }
            (Constraint::Object(fields), Type::Object(given)) => {
                fields.iter().all(|(name, field)| match given.get(name) {
                    Some(ty) => field.constraint.accepts(ty),
                    None => field.optional,
                })
            }
            _ => false,
        }
    }
}

fn replace(value: &Value, with: Value) -> Value {
    with.with_origin(value.origin.clone()).mark(value.sensitive)
}

fn apply_all(constraint: &Constraint, items: &[Value]) -> Result<Vec<Value>, String> {
    let apply = |(i, item)| constraint.apply(item).map_err(|why| format!("element {i}: {why}"));
    items.iter().enumerate().map(apply).collect()
}

/// The type of a collection's items: the constraint's, unless that holds `any`.
fn element_type(constraint: &Constraint, items: &[Value]) -> Type {
    let ty = constraint.ty();
    if !ty.has_dynamic() || items.is_empty() {
        return ty;
    }
    unify(&items.iter().map(Type::of).collect::<Vec<_>>()).unwrap_or(ty)
}

fn apply_object(
    value: &Value,
    fields: &IndexMap<Arc<str>, Field>,
    entries: &crate::value::Entries,
) -> Result<Value, String> {
    let mut applied = crate::value::Entries::default();
    for (name, field) in fields {
        let given = entries.get(name);
        let entry = match (given, &field.default) {
            (Some(entry), Some(default)) if entry.value.is_null() => Entry { value: default.clone(), ..entry.clone() },
            (Some(entry), _) => {
                let converted =
                    field.constraint.apply(&entry.value).map_err(|why| format!("attribute {name:?}: {why}"))?;
                Entry { value: converted, ..entry.clone() }
            }
            (None, Some(default)) => Entry::generated(default.clone()),
            (None, None) if field.optional => Entry::generated(Value::null()),
            (None, None) => return Err(format!("attribute {name:?} is required")),
        };
        applied.insert(Arc::clone(name), entry);
    }
    Ok(replace(value, Value::object(applied)))
}

/// The constraint that a `type` expression writes. `evaluate` gives the value of a default.
///
/// What is no type is reported and stands for any type.
pub fn parse_constraint(
    expr: &Expr,
    evaluate: &mut dyn FnMut(&Expr, &mut Vec<Diagnostic>) -> Value,
    diagnostics: &mut Vec<Diagnostic>,
) -> Constraint {
    Parser { evaluate, diagnostics }.parse(expr, 0)
}

struct Parser<'a> {
    evaluate: &'a mut dyn FnMut(&Expr, &mut Vec<Diagnostic>) -> Value,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Parser<'_> {
    fn wrong(&mut self, expr: &Expr, message: &str) -> Constraint {
        self.diagnostics.push(Diagnostic::error(Code::Evaluation, message, expr.span));
        Constraint::Type(Type::Dynamic)
    }

    fn parse(&mut self, expr: &Expr, depth: usize) -> Constraint {
        if depth > MAX_DEPTH {
            return self.wrong(expr, "this type is nested too deeply");
        }
        match &expr.kind {
            ExprKind::Parens(inner) => self.parse(inner, depth + 1),
            ExprKind::Variable(name) => self.keyword(expr, &name.name, depth),
            // Quoted keywords are what Terraform 0.11 wrote.
            ExprKind::String(text) => match text.as_str() {
                "list" => Constraint::Type(Type::list(Type::String)),
                "map" => Constraint::Type(Type::map(Type::String)),
                name => self.keyword(expr, name, depth),
            },
            ExprKind::Call(call) => self.call(expr, call, depth),
            ExprKind::Invalid => Constraint::Type(Type::Dynamic),
            _ => self.wrong(expr, "a type constraint is required, such as string or list(string)"),
        }
    }

    fn keyword(&mut self, expr: &Expr, name: &str, depth: usize) -> Constraint {
        Constraint::Type(match name {
            "string" => Type::String,
            "number" => Type::Number,
            "bool" => Type::Bool,
            "any" => Type::Dynamic,
            // Terraform 0.11 had no types of elements.
            "list" if depth == 0 => Type::list(Type::Dynamic),
            "map" if depth == 0 => Type::map(Type::Dynamic),
            "list" | "map" | "set" => return self.wrong(expr, &format!("{name} takes the type of its elements")),
            _ => return self.wrong(expr, &format!("{name:?} is no type")),
        })
    }

    fn call(&mut self, expr: &Expr, call: &Call, depth: usize) -> Constraint {
        let name = &*call.name.name;
        let [argument] = call.args.as_slice() else {
            return self.wrong(expr, &format!("{name} takes one argument, a type"));
        };
        match name {
            "list" => simple(Constraint::List(Box::new(self.parse(argument, depth + 1)))),
            "set" => simple(Constraint::Set(Box::new(self.parse(argument, depth + 1)))),
            "map" => simple(Constraint::Map(Box::new(self.parse(argument, depth + 1)))),
            "tuple" => match &argument.kind {
                ExprKind::Tuple(items) => {
                    simple(Constraint::Tuple(items.iter().map(|item| self.parse(item, depth + 1)).collect()))
                }
                _ => self.wrong(argument, "tuple takes a list of types in brackets"),
            },
            "object" => match &argument.kind {
                ExprKind::Object(items) => {
                    let mut fields = IndexMap::new();
                    for item in items {
                        let name = match &item.key.kind {
                            ExprKind::Variable(name) => Arc::clone(&name.name),
                            ExprKind::String(text) => text.shared(),
                            _ => {
                                self.wrong(&item.key, "an attribute's name is required");
                                continue;
                            }
                        };
                        fields.insert(name, self.field(&item.value, depth + 1));
                    }
                    simple(Constraint::Object(fields))
                }
                _ => self.wrong(argument, "object takes attributes in braces"),
            },
            "optional" => self.wrong(expr, "optional stands only before the type of an object's attribute"),
            _ => self.wrong(expr, &format!("{name} is no type constructor")),
        }
    }

    fn field(&mut self, expr: &Expr, depth: usize) -> Field {
        let ExprKind::Call(call) = &expr.kind else {
            return Field { constraint: self.parse(expr, depth), optional: false, default: None };
        };
        match (&*call.name.name, call.args.as_slice()) {
            ("optional", [ty]) => Field { constraint: self.parse(ty, depth + 1), optional: true, default: None },
            ("optional", [ty, default]) => {
                let constraint = self.parse(ty, depth + 1);
                let value = (self.evaluate)(default, self.diagnostics);
                let default = match constraint.apply(&value) {
                    Ok(value) => Some(value),
                    Err(why) => {
                        self.wrong(default, &format!("this default does not fit its type: {why}"));
                        None
                    }
                };
                Field { constraint, optional: true, default: default.filter(|value| !value.is_null()) }
            }
            _ => Field { constraint: self.parse(expr, depth), optional: false, default: None },
        }
    }
}

/// A plain type, if there is no optional attribute in it.
fn simple(constraint: Constraint) -> Constraint {
    let plain = |constraint: &Constraint| matches!(constraint, Constraint::Type(_));
    let is_plain = match &constraint {
        Constraint::Type(_) => true,
        Constraint::List(item) | Constraint::Set(item) | Constraint::Map(item) => plain(item),
        Constraint::Tuple(items) => items.iter().all(plain),
        Constraint::Object(fields) => fields.values().all(|field| !field.optional && plain(&field.constraint)),
    };
    if is_plain { Constraint::Type(constraint.ty()) } else { constraint }
}

impl Value {
    /// A mapping of some sort that nobody wrote.
    pub fn map_of(sort: MapSort, entries: crate::value::Entries) -> Self {
        Value::new(Kind::Map(Arc::new(crate::value::Map { sort, entries })), Origin::none())
    }
}
