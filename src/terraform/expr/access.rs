//! Attributes, indices and splats (HCL's `ops.go` and `ExprSplat`).

use std::sync::Arc;

use super::{Evaluator, by_variable};
use crate::parse::hcl::ast::{Ident, Splat, Step};
use crate::source::Span;
use crate::terraform::convert::convert;
use crate::value::{
    Kind, Known, ListSort, Map, MapSort, Origin, Reason, Reference, ResourceObject, Type, Unknown, Value,
};

impl Evaluator<'_> {
    /// `base.name`
    pub(super) fn get_attr(&mut self, base: &Value, name: &Ident) -> Value {
        let span = name.span;
        let found = match &base.kind {
            Kind::Map(map) => match map.entries.get(&name.name) {
                Some(entry) => base.part(&entry.value),
                None => self.fail(span, format!("there is no attribute or key {:?} in this {}", name.name, sort(base))),
            },
            Kind::Unknown(unknown) => self.attr_of_unknown(base, unknown, name),
            Kind::Null => self.fail(span, format!("null has no attribute {:?}", name.name)),
            _ => self.fail(span, format!("a {} has no attribute {:?}", Type::of(base).friendly(), name.name)),
        };
        found.mark(base.sensitive)
    }

    fn attr_of_unknown(&mut self, base: &Value, unknown: &Unknown, name: &Ident) -> Value {
        match &unknown.known {
            Known::Choice(choice) => {
                self.distribute(choice, &base.origin, |evaluator, branch| evaluator.get_attr(branch, name))
            }
            Known::Resource(resource) => attribute_of(resource, unknown, &name.name, name.span),
            Known::Reference(reference) => extend(reference, &name.name, unknown, name.span),
            _ => {
                let ty = match &unknown.ty {
                    Type::Object(attributes) => match attributes.get(&name.name) {
                        Some(ty) => ty.clone(),
                        None => {
                            return self
                                .fail(name.span, format!("there is no attribute {:?} in this object", name.name));
                        }
                    },
                    Type::Map(item) => (**item).clone(),
                    Type::Dynamic => Type::Dynamic,
                    other => {
                        return self
                            .fail(name.span, format!("a {} has no attribute {:?}", other.friendly(), name.name));
                    }
                };
                let reason = part_of(&unknown.reason, &format!(".{}", name.name));
                Value::unknown(Unknown::new(reason).typed(ty), base.origin.clone())
            }
        }
    }

    /// `base[key]`
    pub(super) fn index(&mut self, base: &Value, key: &Value, span: Span) -> Value {
        if let Some(Known::Choice(choice)) = base.as_unknown().map(|unknown| &unknown.known) {
            let value = self.distribute(choice, &base.origin, |evaluator, branch| evaluator.index(branch, key, span));
            return value.mark(base.sensitive || key.sensitive);
        }
        if let Some(Known::Choice(choice)) = key.as_unknown().map(|unknown| &unknown.known) {
            let value = self.distribute(choice, &key.origin, |evaluator, branch| evaluator.index(base, branch, span));
            return value.mark(base.sensitive || key.sensitive);
        }
        let found = match &base.kind {
            _ if key.is_null() => self.fail(span, "a null value cannot be used as a key"),
            Kind::Null => self.fail(span, "null has no elements"),
            Kind::Unknown(unknown) => self.index_unknown(base, unknown, key, span),
            Kind::List(list) => match &list.sort {
                ListSort::Set(_) => self.fail(span, "elements of a set have no index; convert it to a list first"),
                sort => {
                    let item = if let ListSort::List(item) = sort { item.clone() } else { Type::Dynamic };
                    self.index_list(base, &list.items, item, key, span)
                }
            },
            Kind::Map(map) => {
                let item = if let MapSort::Map(item) = &map.sort { item.clone() } else { Type::Dynamic };
                match convert(key, &Type::String) {
                    Ok(Value { kind: Kind::String(text), .. }) => match map.entries.get(text.as_str()) {
                        Some(entry) => base.part(&entry.value),
                        None => self.fail(span, format!("there is no key {:?} in this {}", text.as_str(), sort(base))),
                    },
                    Ok(unknown) => self.entry_by(base, map, &unknown, item, span),
                    Err(why) => self.fail(span, format!("not a key: {why}")),
                }
            }
            _ => self.fail(span, format!("a {} has no elements", Type::of(base).friendly())),
        };
        found.mark(base.sensitive || key.sensitive)
    }

    fn index_list(&mut self, base: &Value, items: &[Value], item: Type, key: &Value, span: Span) -> Value {
        match convert(key, &Type::Number) {
            Ok(Value { kind: Kind::Number(number), .. }) => {
                let index = number.as_i64().and_then(|index| usize::try_from(index).ok());
                match index.and_then(|index| items.get(index)) {
                    Some(item) => base.part(item),
                    None => self.fail(span, format!("there is no element {number}: the length is {}", items.len())),
                }
            }
            Ok(unknown) => self.element_by(&unknown, item, span),
            Err(why) => self.fail(span, format!("not an index: {why}")),
        }
    }

    /// An entry under a key that is not known: of a variable, one of the entries.
    fn entry_by(&mut self, base: &Value, map: &Map, key: &Value, ty: Type, span: Span) -> Value {
        if let Some(Known::Variable(variable)) = key.as_unknown().map(|unknown| &unknown.known) {
            let cases = map.entries.iter().map(|(key, entry)| (Arc::clone(key), base.part(&entry.value)));
            if let Some(value) = by_variable(variable, cases, None, &Origin::at(span)) {
                return value;
            }
        }
        self.element_by(key, ty, span)
    }

    /// An element under a key that is not known.
    fn element_by(&mut self, key: &Value, ty: Type, span: Span) -> Value {
        let reason = key.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        Value::unknown(Unknown::new(reason).typed(ty), Origin::at(span))
    }

    fn index_unknown(&mut self, base: &Value, unknown: &Unknown, key: &Value, span: Span) -> Value {
        let key_text = convert(key, &Type::String).ok().and_then(|key| key.as_text().cloned());
        match (&unknown.known, &key_text) {
            (Known::Resource(resource), Some(text)) => return attribute_of(resource, unknown, text.as_str(), span),
            (Known::Reference(reference), Some(text)) => return extend(reference, text.as_str(), unknown, span),
            _ => {}
        }
        let index = key.kind.as_index();
        let ty = match &unknown.ty {
            Type::Dynamic => Type::Dynamic,
            Type::List(item) => match convert(key, &Type::Number) {
                Ok(_) => (**item).clone(),
                Err(why) => return self.fail(span, format!("not an index: {why}")),
            },
            Type::Map(item) => (**item).clone(),
            Type::Tuple(items) => match index.map(|index| items.get(index)) {
                Some(Some(ty)) => ty.clone(),
                Some(None) => {
                    return self.fail(span, format!("there is no such element: the length is {}", items.len()));
                }
                None => Type::Dynamic,
            },
            Type::Object(attributes) => match key_text.map(|text| attributes.get(text.as_str())) {
                Some(Some(ty)) => ty.clone(),
                Some(None) => return self.fail(span, "there is no such attribute in this object"),
                None => Type::Dynamic,
            },
            other => return self.fail(span, format!("a {} has no elements by index", other.friendly())),
        };
        let reason = match &key.kind {
            Kind::String(text) => part_of(&unknown.reason, &format!("[{:?}]", text.as_str())),
            Kind::Number(number) => part_of(&unknown.reason, &format!("[{number}]")),
            _ => unknown.reason.clone(),
        };
        Value::unknown(Unknown::new(reason).typed(ty), base.origin.clone())
    }

    /// `source[*].steps` and `source.*.steps`
    pub(super) fn splat(&mut self, span: Span, splat: &Splat) -> Value {
        let mark = self.diagnostics.len();
        let source = self.expr(&splat.source);
        if self.spoilt_since(mark) {
            return source;
        }
        self.splat_of(span, &splat.each, &source)
    }

    fn splat_of(&mut self, span: Span, each: &[Step], source: &Value) -> Value {
        let value = match &source.kind {
            Kind::Null => Value::list(Vec::new()).with_origin(Origin::at(span)),
            Kind::List(list) => {
                let items = list.items.iter().map(|item| self.steps(source.part(item), each)).collect::<Vec<_>>();
                let sort = match &list.sort {
                    ListSort::Tuple => ListSort::Tuple,
                    ListSort::List(item) | ListSort::Set(item) => match items.first().map(Type::of) {
                        Some(first) if items.iter().all(|item| Type::of(item) == first) => ListSort::List(first),
                        Some(_) => ListSort::Tuple,
                        None => ListSort::List(self.step_type(item.clone(), each, source)),
                    },
                };
                Value::list_of(sort, items).with_origin(source.origin.clone())
            }
            Kind::Unknown(unknown) => match (&unknown.known, &unknown.ty) {
                (Known::Choice(choice), _) => {
                    self.distribute(choice, &source.origin, |evaluator, branch| evaluator.splat_of(span, each, branch))
                }
                (Known::Resource(_), _) => {
                    let item = self.steps(source.clone(), each);
                    Value::list(vec![item]).with_origin(source.origin.clone())
                }
                (_, Type::List(item) | Type::Set(item)) => {
                    let item = self.step_type((**item).clone(), each, source);
                    self.depends_on(source, Type::list(item), span)
                }
                (_, Type::Tuple(items)) => {
                    let items = items.iter().map(|item| self.step_type(item.clone(), each, source)).collect();
                    self.depends_on(source, Type::Tuple(items), span)
                }
                // Whether it is null decides between no element and one.
                _ => {
                    let value = self.depends_on(source, Type::Dynamic, span);
                    self.step_type(unknown.ty.clone(), each, source);
                    value
                }
            },
            _ => {
                let item = self.steps(Value { sensitive: false, ..source.clone() }, each);
                Value::list(vec![item]).with_origin(source.origin.clone())
            }
        };
        value.mark(source.sensitive)
    }

    /// The type of an element after the steps of a splat; errors in them are reported.
    fn step_type(&mut self, item: Type, each: &[Step], source: &Value) -> Type {
        let reason = source.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        let element = Value::unknown(Unknown::new(reason).typed(item), Origin::none());
        Type::of(&self.steps(element, each))
    }

    fn steps(&mut self, value: Value, steps: &[Step]) -> Value {
        steps.iter().fold(value, |value, step| match step {
            Step::Attr(name) => self.get_attr(&value, name),
            Step::Index(key) => {
                let key_value = self.expr(key);
                self.index(&value, &key_value, key.span)
            }
            Step::Splat { star, each, .. } => self.splat_of(*star, each, &value),
        })
    }
}

impl Kind {
    /// The index that this number is.
    fn as_index(&self) -> Option<usize> {
        match self {
            Kind::Number(number) => usize::try_from(number.as_i64()?).ok(),
            _ => None,
        }
    }
}

/// Why a part of an unknown value is unknown: where that is told by a name, the part's name.
fn part_of(reason: &Reason, step: &str) -> Reason {
    let name = |whole: &Arc<str>| -> Arc<str> { format!("{whole}{step}").into() };
    match reason {
        Reason::NotGiven(whole) => Reason::NotGiven(name(whole)),
        Reason::Depends(whole) if whole.starts_with("each.value") => Reason::Depends(name(whole)),
        Reason::External(whole) => Reason::External(name(whole)),
        reason => reason.clone(),
    }
}

fn sort(value: &Value) -> &'static str {
    match &value.kind {
        Kind::Map(map) if matches!(map.sort, MapSort::Map(_)) => "map",
        _ => "object",
    }
}

/// An attribute of a resource: what the configuration gives, or a reference to what the provider computes (a data source
/// reads it).
fn attribute_of(resource: &ResourceObject, unknown: &Unknown, name: &str, span: Span) -> Value {
    if let Some(entry) = resource.attributes.get(name) {
        return entry.value.clone();
    }
    let reference = Reference { address: Arc::clone(&resource.address), attribute: name.into() };
    let whole: Arc<str> = format!("{}.{name}", resource.address).into();
    let reason = match unknown.reason {
        Reason::External(_) => Reason::External(whole),
        _ => Reason::Computed(whole),
    };
    // Whatever exists has these two.
    let not_null = matches!(name, "id" | "arn");
    let ty = if not_null { Type::String } else { Type::Dynamic };
    let unknown = Unknown { not_null, ..Unknown::new(reason).typed(ty).known(Known::Reference(reference)) };
    Value::unknown(unknown, Origin::at(span))
}

/// An attribute or element of what an attribute of a resource refers to.
fn extend(reference: &Reference, step: &str, unknown: &Unknown, span: Span) -> Value {
    let attribute: Arc<str> = format!("{}.{step}", reference.attribute).into();
    let reason = match &unknown.reason {
        Reason::Computed(_) => Reason::Computed(format!("{}.{attribute}", reference.address).into()),
        reason => reason.clone(),
    };
    let reference = Reference { address: Arc::clone(&reference.address), attribute };
    Value::unknown(Unknown::new(reason).known(Known::Reference(reference)), Origin::at(span))
}
