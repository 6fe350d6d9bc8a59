//! Tuples, objects and `for` expressions.

use std::sync::Arc;

use super::{Evaluator, is_too_large};
use crate::parse::hcl::ast::{Expr, ExprKind, For, Ident, ObjectItem};
use crate::source::Span;
use crate::terraform::convert::convert;
use crate::value::{Entries, Entry, Kind, Known, Origin, Reason, Text, Type, Unknown, Value};

/// One iteration: the key and the value.
type Iteration = (Value, Value);

impl Evaluator<'_> {
    pub(super) fn tuple(&mut self, span: Span, items: &[Expr]) -> Value {
        let items = items.iter().map(|item| self.expr(item)).collect::<Vec<_>>();
        if is_too_large(&items) {
            return self.limit(span, "this value is too large");
        }
        Value::list(items).with_origin(Origin::at(span))
    }

    pub(super) fn object(&mut self, span: Span, items: &[ObjectItem]) -> Value {
        let mut entries = Entries::default();
        let mut unknown: Option<Value> = None;
        let mut sensitive = false;
        for item in items {
            let key = self.object_key(&item.key);
            let value = self.expr(&item.value);
            sensitive |= key.sensitive;
            match &key.kind {
                Kind::String(text) => {
                    let entry = Entry { key: Some(item.key.span), place: Some(item.value.span), value };
                    entries.insert(text.shared(), entry);
                }
                _ => unknown = unknown.or(Some(key)),
            }
        }
        let value = match unknown {
            Some(cause) => self.depends_on(&cause, Type::Dynamic, span),
            None if entries.values().any(|entry| matches!(entry.value.kind, Kind::List(_) | Kind::Map(_))) => {
                let values = entries.values().map(|entry| entry.value.clone()).collect::<Vec<_>>();
                if is_too_large(&values) {
                    return self.limit(span, "this value is too large");
                }
                Value::object(entries).with_origin(Origin::at(span))
            }
            None => Value::object(entries).with_origin(Origin::at(span)),
        };
        value.mark(sensitive)
    }

    /// The key of an object's item: a string, or unknown.
    fn object_key(&mut self, key: &Expr) -> Value {
        match &key.kind {
            ExprKind::Variable(name) => {
                return Value::at(Kind::String(Text::synthetic(&name.name)), key.span);
            }
            ExprKind::GetAttr(..) => {
                return self.fail(key.span, "an attribute key in an object needs parentheses to be a reference");
            }
            _ => {}
        }
        let value = self.expr(key);
        self.key_text(&value, key.span)
    }

    fn key_text(&mut self, value: &Value, span: Span) -> Value {
        if value.is_null() {
            return self.fail(span, "a null value cannot be used as a key");
        }
        match convert(value, &Type::String) {
            Ok(key) => key,
            Err(why) => self.fail(span, format!("not a key: {why}")),
        }
    }

    pub(super) fn for_expr(&mut self, span: Span, expression: &For) -> Value {
        let mark = self.diagnostics.len();
        let collection = self.expr(&expression.collection);
        if self.spoilt_since(mark) {
            return self.depends_on(&collection, Type::Dynamic, span);
        }
        self.for_over(span, expression, &collection)
    }

    fn for_over(&mut self, span: Span, expression: &For, collection: &Value) -> Value {
        if let Some(choice) = super::choice::as_choice(collection) {
            let choice = Arc::clone(choice);
            return self
                .distribute(&choice, &Origin::at(span), |evaluator, branch| {
                    evaluator.for_over(span, expression, branch)
                })
                .mark(collection.sensitive);
        }
        let Some(iterations) = self.iterations_of(collection, expression.collection.span) else {
            let cause = if collection.is_unknown() { collection.clone() } else { crate::terraform::convert::invalid() };
            return self.depends_on(&cause, Type::Dynamic, span);
        };
        let mut result = match expression.key {
            Some(_) => self.for_object(span, expression, iterations),
            None => self.for_tuple(span, expression, iterations),
        };
        result.sensitive |= collection.sensitive;
        result
    }

    /// What is iterated; `None` if it is unknown, or is no collection, which is reported.
    pub(super) fn iterations_of(&mut self, collection: &Value, span: Span) -> Option<Vec<Iteration>> {
        match &collection.kind {
            Kind::List(list) => {
                let set = matches!(list.sort, crate::value::ListSort::Set(_));
                let iteration = |(i, item): (usize, &Value)| {
                    let item = collection.part(item);
                    let key = if set { item.clone() } else { number(i, &item) };
                    (key, item)
                };
                Some(list.items.iter().enumerate().map(iteration).collect())
            }
            Kind::Map(_) => {
                let iteration = |(key, entry): (&Arc<str>, &Entry)| {
                    let origin = entry.key.map_or_else(|| entry.value.origin.clone(), Origin::at);
                    let key = Value::new(Kind::String(Text::synthetic(key)), origin);
                    (key, collection.part(&entry.value))
                };
                Some(collection.sorted_entries().into_iter().map(iteration).collect())
            }
            Kind::Unknown(unknown) => {
                if unknown.ty.is_primitive() {
                    self.fail(span, format!("a {} cannot be iterated", unknown.ty.friendly()));
                }
                None
            }
            Kind::Null => {
                self.fail(span, "a null value cannot be iterated");
                None
            }
            _ => {
                self.fail(span, format!("a {} cannot be iterated", Type::of(collection).friendly()));
                None
            }
        }
    }

    /// Runs `body` with the variables of an iteration.
    pub(super) fn with_locals<T>(
        &mut self,
        key_var: Option<&Ident>,
        value_var: &Ident,
        (key, value): Iteration,
        index: usize,
        body: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.locals.len();
        if let Some(name) = key_var {
            self.locals.push((Arc::clone(&name.name), key));
        }
        self.locals.push((Arc::clone(&value_var.name), value));
        self.iterations.push(index);
        let result = body(self);
        self.iterations.pop();
        self.locals.truncate(before);
        result
    }

    /// Whether an iteration is included; `Err` if that is not known.
    fn included(&mut self, condition: Option<&Expr>, sensitive: &mut bool) -> Result<bool, Value> {
        let Some(condition) = condition else { return Ok(true) };
        let value = self.expr(condition);
        *sensitive |= value.sensitive;
        if value.is_null() {
            return Err(self.fail(condition.span, "the condition of a for expression is null"));
        }
        match convert(&value, &Type::Bool) {
            Ok(Value { kind: Kind::Bool(included), .. }) => Ok(included),
            Ok(unknown) => Err(unknown),
            Err(why) => Err(self.fail(condition.span, format!("not a condition: {why}"))),
        }
    }

    fn for_tuple(&mut self, span: Span, expression: &For, iterations: Vec<Iteration>) -> Value {
        let mut items = Vec::with_capacity(iterations.len());
        let mut undecided: Option<Value> = None;
        let mut sensitive = false;
        for (index, iteration) in iterations.into_iter().enumerate() {
            self.with_locals(expression.key_var.as_ref(), &expression.value_var, iteration, index, |evaluator| {
                match evaluator.included(expression.condition.as_ref(), &mut sensitive) {
                    Ok(true) => items.push(evaluator.expr(&expression.value)),
                    Ok(false) => {}
                    Err(cause) => undecided = undecided.take().or(Some(cause)),
                }
            });
        }
        match undecided {
            Some(cause) => self.depends_on(&cause, Type::Dynamic, span).mark(sensitive),
            None if is_too_large(&items) => self.limit(span, "this value is too large"),
            None => Value::list(items).with_origin(Origin::at(span)).mark(sensitive),
        }
    }

    fn for_object(&mut self, span: Span, expression: &For, iterations: Vec<Iteration>) -> Value {
        let Some(key_expr) = &expression.key else { return crate::terraform::convert::invalid() };
        let mut entries = Entries::default();
        let mut groups: indexmap::IndexMap<Arc<str>, Vec<Value>> = indexmap::IndexMap::new();
        let mut undecided: Option<Value> = None;
        let mut sensitive = false;
        for (index, iteration) in iterations.into_iter().enumerate() {
            self.with_locals(expression.key_var.as_ref(), &expression.value_var, iteration, index, |evaluator| {
                match evaluator.included(expression.condition.as_ref(), &mut sensitive) {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(cause) => return undecided = undecided.take().or(Some(cause)),
                }
                let key = evaluator.expr(key_expr);
                let key = evaluator.key_text(&key, key_expr.span);
                sensitive |= key.sensitive;
                let value = evaluator.expr(&expression.value);
                let Kind::String(text) = &key.kind else {
                    return undecided = undecided.take().or(Some(key));
                };
                if expression.group {
                    groups.entry(text.shared()).or_default().push(value);
                } else if entries.contains_key(text.as_str()) {
                    let message = format!("the key {:?} occurs twice; end the value with ... to group", text.as_str());
                    let cause = evaluator.fail(key_expr.span, message);
                    undecided = undecided.take().or(Some(cause));
                } else {
                    let entry = Entry { key: Some(key_expr.span), place: Some(expression.value.span), value };
                    entries.insert(text.shared(), entry);
                }
            });
        }
        for (key, items) in groups {
            let value = Value::list(items).with_origin(Origin::at(expression.value.span));
            entries.insert(key, Entry { key: Some(key_expr.span), place: Some(expression.value.span), value });
        }
        let values = entries.values().map(|entry| entry.value.clone()).collect::<Vec<_>>();
        match undecided {
            Some(cause) => self.depends_on(&cause, Type::Dynamic, span).mark(sensitive),
            None if is_too_large(&values) => self.limit(span, "this value is too large"),
            None => Value::object(entries).with_origin(Origin::at(span)).mark(sensitive),
        }
    }
}

fn number(index: usize, item: &Value) -> Value {
    Value::new(Kind::Number(index.into()), item.origin.clone())
}

/// An unknown value for a reason, of a type, with what is known of it.
pub(super) fn partly(reason: Reason, ty: Type, known: Known, span: Span) -> Value {
    let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(ty).known(known) };
    Value::unknown(unknown, Origin::at(span))
}
