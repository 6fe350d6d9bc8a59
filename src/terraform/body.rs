//! The inside of a block: its arguments and nested blocks, with `dynamic` blocks written out.

use std::sync::Arc;

use super::expr::display;
use super::names::{Iterator, Names};
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Block, Body, Expr, ExprKind};
use crate::source::Span;
use crate::value::{
    Choice, Condition, Entries, Entry, Kind, Known, List, ListSort, Literal, Map, MapSort, Origin, Reason, Type,
    Unknown, Value, Variable,
};

/// The arguments and nested blocks of a body, without those that `skip` names.
///
/// Nested blocks of one type are a list of mappings under that type's name, whose entry has the header of the first.
pub(super) fn entries(body: &Body, names: &Names, skip: &dyn Fn(&str) -> bool) -> Entries {
    let evaluation = names.evaluation();
    let mut entries = Entries::with_capacity_and_hasher(body.attributes.len() + body.blocks.len(), Default::default());
    for attribute in body.attributes.iter().filter(|attribute| !skip(&attribute.name.name)) {
        let value = evaluation.value(&attribute.expr, names);
        let entry = Entry { key: Some(attribute.name.span), place: Some(attribute.expr.span), value };
        entries.insert(Arc::clone(&attribute.name.name), entry);
    }
    let mut blocks: Vec<(&Arc<str>, Span, Vec<Value>)> = Vec::new();
    for block in body.blocks.iter().filter(|block| !skip(&block.kind.name)) {
        let (name, values) = match (&*block.kind.name, block.labels.first()) {
            ("dynamic", Some(label)) => (&label.name, dynamic(block, &label.name, names)),
            _ => (&block.kind.name, vec![content(block, block.header, names)]),
        };
        match blocks.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, _, all)) => all.extend(values),
            None => blocks.push((name, block.header, values)),
        }
    }
    for (name, header, items) in blocks {
        let list = Value::at(Kind::List(Arc::new(List { sort: ListSort::Tuple, items })), header);
        let entry = Entry { key: Some(header), place: None, value: list };
        entries.entry(Arc::clone(name)).or_insert(entry);
    }
    entries
}

/// A block's inside as a mapping.
fn content(block: &Block, header: Span, names: &Names) -> Value {
    let mut entries = entries(&block.body, names, &|_| false);
    for (index, label) in block.labels.iter().enumerate() {
        let value = Value::string(&label.name).with_origin(Origin::at(label.span));
        let key = if index == 0 { "label".into() } else { format!("label{index}").into() };
        entries.entry(key).or_insert(Entry { key: Some(label.span), place: None, value });
    }
    Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), header)
}

/// The blocks that a `dynamic` block makes. What is not known to be made is an unknown item.
fn dynamic(block: &Block, label: &str, names: &Names) -> Vec<Value> {
    let evaluation = names.evaluation();
    let Some(for_each) = block.body.attribute("for_each") else {
        evaluation.report(Diagnostic::warning(Code::Evaluation, "a dynamic block needs for_each", block.header));
        return Vec::new();
    };
    // Without it there is nothing to make; that it is missing is said with the form of the block.
    let Some(content) = block.body.blocks_of("content").next() else { return Vec::new() };
    let iterator = match block.body.attribute("iterator").map(|iterator| &iterator.expr.kind) {
        Some(ExprKind::Variable(name)) => &*name.name,
        _ => label,
    };
    let collection = evaluation.value(&for_each.expr, names);
    let make = Made { block, content, iterator, names, for_each: &for_each.expr };
    make.all(&collection, for_each.expr.span)
}

/// A `dynamic` block with what it needs to be written out.
struct Made<'s> {
    block: &'s Block,
    content: &'s Block,
    iterator: &'s str,
    names: &'s Names<'s>,
    for_each: &'s Expr,
}

impl Made<'_> {
    fn all(&self, collection: &Value, span: Span) -> Vec<Value> {
        match &collection.kind {
            Kind::List(list) => {
                if !self.names.evaluation().take(list.items.len(), "for_each", span) {
                    return vec![self.unknown(collection)];
                }
                let set = matches!(list.sort, ListSort::Set(_));
                let items = list.items.iter().enumerate().map(|(index, item)| {
                    let item = collection.part(item);
                    let key = if set { item.clone() } else { Value::at(Kind::Number((index as i64).into()), span) };
                    self.one(index, key, item)
                });
                items.collect()
            }
            Kind::Map(map) => {
                if !self.names.evaluation().take(map.entries.len(), "for_each", span) {
                    return vec![self.unknown(collection)];
                }
                let items = collection.sorted_entries().into_iter().enumerate().map(|(index, (name, entry))| {
                    let origin = entry.key.map_or_else(Origin::none, Origin::at);
                    self.one(index, Value::string(name).with_origin(origin), collection.part(&entry.value))
                });
                items.collect()
            }
            Kind::Unknown(unknown) => match &unknown.known {
                Known::Choice(choice) => self.by_choice(choice, span),
                _ if unknown.reason == Reason::Invalid => vec![self.unknown(collection)],
                _ => vec![self.perhaps(collection, &unknown.ty)],
            },
            _ => {
                let message = "for_each of a dynamic block must be a collection";
                let at = Diagnostic::warning(Code::Evaluation, message, span);
                self.names.evaluation().report(at);
                Vec::new()
            }
        }
    }

    fn one(&self, index: usize, key: Value, value: Value) -> Value {
        self.made(&index.to_string(), key, value)
    }

    fn made(&self, index: &str, key: Value, value: Value) -> Value {
        let value = Value::from_pairs([("key", key), ("value", value)]);
        let prefix = format!("{}{}[{index}].", self.names.prefix(), self.block.header.start);
        let iterator = Iterator { name: self.iterator, value, prefix, outer: self.names.iterators() };
        content(self.content, self.block.header, &self.names.iterating(&iterator))
    }

    /// The blocks of both branches, one beside the other: each is there under its condition.
    fn by_choice(&self, choice: &Choice, span: Span) -> Vec<Value> {
        let (then, otherwise) = (self.all(&choice.then, span), self.all(&choice.otherwise, span));
        let count = then.len().max(otherwise.len());
        let (mut then, mut otherwise) = (then.into_iter(), otherwise.into_iter());
        let items = (0..count).map(|_| {
            let choice = Choice {
                condition: choice.condition.clone(),
                name: Arc::clone(&choice.name),
                then: then.next().unwrap_or_else(Value::null),
                otherwise: otherwise.next().unwrap_or_else(Value::null),
            };
            if choice.then == choice.otherwise {
                return choice.then;
            }
            let unknown = Unknown::new(Reason::Depends(Arc::clone(&choice.name)));
            Value::unknown(unknown.known(Known::Choice(Arc::new(choice))), Origin::at(self.block.header))
        });
        items.collect()
    }

    /// One block that stands for all that a collection makes of which nothing is known but its type; there is none if it
    /// is empty. Where the text asks whether it is, that is the same condition.
    fn perhaps(&self, collection: &Value, ty: &Type) -> Value {
        let span = self.for_each.span;
        let part = |name: &str, ty: &Type| {
            let reason = Reason::Depends(format!("{}.{name}", self.iterator).into());
            Value::unknown(Unknown::new(reason).typed(ty.clone()), Origin::at(span)).mark(collection.sensitive)
        };
        let (key, value) = match ty {
            Type::Set(item) => (part("value", item), part("value", item)),
            Type::Map(item) => (part("key", &Type::String), part("value", item)),
            Type::List(item) => (part("key", &Type::Number), part("value", item)),
            _ => (part("key", &Type::Dynamic), part("value", &Type::Dynamic)),
        };
        let name: Arc<str> = format!("length({}) > 0", display(self.for_each)).into();
        let domain = Some([Literal::Bool(true), Literal::Bool(false)].into());
        let key_of_all = format!("{}{name}", self.names.prefix());
        let any = Variable { key: key_of_all.into(), name: Arc::clone(&name), domain, phrases: &[], span: Some(span) };
        let choice = Choice {
            condition: Condition::Is(Arc::new(any), Literal::Bool(true)),
            name: Arc::clone(&name),
            then: self.made("?", key, value),
            otherwise: Value::null(),
        };
        let unknown = Unknown::new(Reason::Depends(name)).known(Known::Choice(Arc::new(choice)));
        Value::unknown(unknown, Origin::at(self.block.header))
    }

    /// What stands for blocks of which neither number nor inside is known.
    fn unknown(&self, collection: &Value) -> Value {
        let reason = collection.as_unknown().map_or_else(|| Reason::Limit("for_each".into()), |u| u.reason.clone());
        Value::unknown(Unknown::new(reason).typed(Type::Dynamic), Origin::at(self.block.header))
            .mark(collection.sensitive)
    }
}
