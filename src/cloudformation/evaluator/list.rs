//! `Fn::Join`, `Fn::Split`, `Fn::Select`, `Fn::Length`, `Fn::GetAZs`.

use std::sync::Arc;

use super::cases::expand;
use super::string::{NotAScalar, StringBuilder, concat, parts_of};
use super::{Evaluator, choice, depends, distribute, limits};
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::value::{
    Choice, HopKind, Kind, Known, Number, Origin, Reason, StringPart, Symbol, Text, Type, Unknown, Value,
};

/// How many leading items of a joined list may all be absent under some condition.
const OPTIONAL_HEAD: usize = 8;

impl Evaluator<'_> {
    /// `Fn::Join`: `[delimiter, list]`
    pub(super) fn join(&mut self, argument: &Node, span: Span) -> Value {
        let [delimiter, list] = argument.items() else {
            return self.invalid(span, "Fn::Join takes a delimiter and a list");
        };
        let NodeKind::String(delimiter) = &delimiter.kind else {
            return self.invalid(delimiter.span, "the delimiter of Fn::Join must be a string");
        };
        // "Fn::Join requires two parameters": CloudFormation wants at least one value to join.
        if matches!(&list.kind, NodeKind::Sequence(items) if items.is_empty()) {
            return self.invalid(list.span, "Fn::Join has nothing to join");
        }
        let list = self.evaluate(list);
        let mut problem = None;
        let mut bytes = 0;
        let budget = self.budget.bytes.min(limits::STRING_BYTES);
        let joined = distribute(&list, span, &mut |list| match (&list.kind, list.as_list()) {
            (_, Some(items)) => match join_items(delimiter.as_str(), items, span, budget) {
                Ok((value, made)) => {
                    bytes += made;
                    value
                }
                Err(reason) => {
                    problem = Some(reason);
                    Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
                }
            },
            (Kind::Unknown(_), _) => depends(list, Type::String, span),
            _ => {
                problem = Some(Problem::NotAList);
                Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
            }
        });
        self.spend(bytes);
        match problem {
            None => joined,
            Some(Problem::NotAList) => self.invalid(span, "Fn::Join takes a list to join"),
            Some(Problem::NotStrings) => self.invalid(span, "Fn::Join can join strings only"),
            Some(Problem::TooLong) => self.limit(span, "the length of a string"),
        }
    }

    /// `Fn::Split`: `[delimiter, string]`
    pub(super) fn split(&mut self, argument: &Node, span: Span) -> Value {
        let [delimiter, source] = argument.items() else {
            return self.invalid(span, "Fn::Split takes a delimiter and a string");
        };
        let Some(delimiter) = delimiter.as_str().filter(|text| !text.is_empty()) else {
            return self.invalid(delimiter.span, "the delimiter of Fn::Split must be a string");
        };
        let source = expand(&self.evaluate(source), span);
        let mut problem = false;
        let list = distribute(&source, span, &mut |source| match &source.kind {
            Kind::String(_) | Kind::Unknown(_) => split_string(delimiter, source, span),
            _ => {
                problem = true;
                Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
            }
        });
        if problem {
            return self.invalid(span, "Fn::Split takes a string to split");
        }
        if list.as_list().is_some_and(|items| items.len() > limits::LIST_ITEMS) {
            return self.limit(span, "the length of a list");
        }
        list
    }

    /// `Fn::Select`: `[index, list]`
    pub(super) fn select(&mut self, argument: &Node, span: Span) -> Value {
        let [index, list] = argument.items() else {
            return self.invalid(span, "Fn::Select takes an index and a list");
        };
        let (index_span, list_span) = (index.span, list.span);
        let (index, list) = (self.evaluate(index), self.evaluate(list));
        if !index.is_unknown() && index_of(&index).is_none() {
            return self.invalid(index_span, "the index of Fn::Select must be a number");
        }
        let mut problem = None;
        let selected = distribute(&list, span, &mut |list| match list.as_list() {
            Some(items) => match index_of(&index) {
                Some(at) => items.get(at).cloned().unwrap_or_else(|| {
                    problem = Some("the list of Fn::Select has no such item");
                    Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
                }),
                None => self.select_by_unknown(&index, items, span),
            },
            None if list.is_unknown() => depends(list, Type::Dynamic, span),
            None => {
                problem = Some("Fn::Select takes a list to select from");
                Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
            }
        });
        match problem {
            Some(problem) => self.invalid(list_span, problem),
            None => selected,
        }
    }

    /// The item under an index that is not known, as a choice between all of them.
    fn select_by_unknown(&self, index: &Value, items: &[Value], span: Span) -> Value {
        if items.len() > limits::CANDIDATES {
            return depends(index, Type::Dynamic, span);
        }
        let candidates = items.iter().enumerate().map(|(at, item)| (at.to_string(), item.clone())).collect();
        self.switch(index, candidates, None, span).unwrap_or_else(|| depends(index, Type::Dynamic, span))
    }

    /// `Fn::Length`
    pub(super) fn length(&mut self, argument: &Node, span: Span) -> Value {
        let list = self.evaluate(argument);
        let mut problem = false;
        let length = distribute(&list, span, &mut |list| match list.as_list() {
            // An item that is absent under some condition leaves the length open.
            Some(items) if items.iter().any(may_be_absent) => depends(list, Type::Number, span),
            Some(items) => Value::at(Kind::Number(Number::from(items.len() as i64)), span),
            None if list.is_unknown() => depends(list, Type::Number, span),
            None => {
                problem = true;
                Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
            }
        });
        if problem { self.invalid(span, "Fn::Length takes a list") } else { length }
    }

    /// `Fn::GetAZs`: which zones there are depends on the account.
    pub(super) fn availability_zones(&mut self, argument: &Node, span: Span) -> Value {
        let region = self.evaluate(argument);
        let reason = match region.as_str() {
            Some("") | None => "the list of availability zones".into(),
            Some(region) => format!("the list of availability zones of {region}"),
        };
        let unknown = Unknown::new(Reason::External(reason.into())).typed(Type::List(Arc::new(Type::String)));
        Value::unknown(unknown, Origin::at(span))
    }
}

/// Why a list cannot be joined.
#[derive(Clone, Copy)]
enum Problem {
    NotAList,
    NotStrings,
    TooLong,
}

impl From<NotAScalar> for Problem {
    fn from(_: NotAScalar) -> Self {
        Problem::NotStrings
    }
}

fn join_items(delimiter: &str, items: &[Value], span: Span, budget: usize) -> Result<(Value, usize), Problem> {
    let origin = Origin::at(span).hop(span, HopKind::Computed("Fn::Join".into()));
    let Some(first) = items.iter().position(|item| !may_be_absent(item)) else {
        return join_optional(delimiter, items, span, budget);
    };
    let mut builder = StringBuilder::default();
    let delimiter_text = Value::string(delimiter);
    for (at, item) in items.iter().enumerate() {
        let optional = may_be_absent(item);
        if optional {
            // An absent item takes its delimiter with it.
            let with_delimiter = each_present(item, span, &mut |item| {
                let (a, b) = if at < first { (item, &delimiter_text) } else { (&delimiter_text, item) };
                concat(a, b, Origin::at(span))
            })?;
            builder.value(&with_delimiter, None)?;
        } else {
            if at > first {
                builder.known(delimiter, None);
            }
            builder.value(item, None)?;
        }
        if builder.bytes() > budget {
            return Err(Problem::TooLong);
        }
    }
    let bytes = builder.bytes();
    Ok((builder.finish(origin), bytes))
}

/// Joins items each of which may be absent: the first one that is present starts the string.
fn join_optional(delimiter: &str, items: &[Value], span: Span, budget: usize) -> Result<(Value, usize), Problem> {
    let [head, rest @ ..] = items else { return Ok((Value::at(Kind::String(Text::synthetic("")), span), 0)) };
    if items.len() > OPTIONAL_HEAD {
        return Ok((depends(head, Type::String, span), 0));
    }
    let Some(Known::Choice(alternatives)) = head.as_unknown().map(|unknown| &unknown.known) else {
        return join_items(delimiter, rest, span, budget);
    };
    let branch = |value: &Value| {
        if value.is_null() {
            return join_items(delimiter, rest, span, budget);
        }
        let items: Vec<Value> = std::iter::once(value).chain(rest).cloned().collect();
        join_items(delimiter, &items, span, budget)
    };
    let (then, bytes_then) = branch(&alternatives.then)?;
    let (otherwise, bytes_otherwise) = branch(&alternatives.otherwise)?;
    let (condition, name) = (alternatives.condition.clone(), Arc::clone(&alternatives.name));
    Ok((choice(Choice { condition, name, then, otherwise }, span), bytes_then + bytes_otherwise))
}

/// A choice with `each` applied to the alternatives that are there; nothing stays the empty string.
fn each_present(
    value: &Value,
    span: Span,
    each: &mut impl FnMut(&Value) -> Result<Value, NotAScalar>,
) -> Result<Value, NotAScalar> {
    let mut failed = false;
    let result = distribute(value, span, &mut |value| {
        if value.is_null() {
            return Value::at(Kind::String(Text::synthetic("")), span);
        }
        each(value).unwrap_or_else(|NotAScalar| {
            failed = true;
            Value::null()
        })
    });
    if failed { Err(NotAScalar) } else { Ok(result) }
}

/// Whether a value is a choice with an alternative that removes it.
fn may_be_absent(value: &Value) -> bool {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(alternatives)) => {
            let absent = |value: &Value| value.is_null() || may_be_absent(value);
            absent(&alternatives.then) || absent(&alternatives.otherwise)
        }
        _ => false,
    }
}

/// The pieces of a string. The delimiter may stand in unknown parts too, unless what is known of them rules it out.
fn split_string(delimiter: &str, source: &Value, span: Span) -> Value {
    let unknown = || depends(source, Type::List(Arc::new(Type::String)), span);
    let parts: Arc<[StringPart]> = match source.as_text() {
        Some(text) => [StringPart::Literal(text.clone())].into(),
        None => parts_of(source),
    };
    let mut items = Vec::new();
    let mut current = StringBuilder::default();
    let origin = || Origin { span: source.origin.span, via: source.origin.via.clone() };
    for part in parts.iter() {
        match part {
            StringPart::Literal(text) => {
                let mut start = 0;
                for (at, _) in text.as_str().match_indices(delimiter) {
                    current.part(text, start..at);
                    items.push(std::mem::take(&mut current).finish(origin()));
                    start = at + delimiter.len();
                }
                current.part(text, start..text.as_str().len());
            }
            StringPart::Unknown(value) if excludes(value, delimiter) => {
                if current.value(value, None).is_err() {
                    return unknown();
                }
            }
            StringPart::Unknown(_) => return unknown(),
        }
        if items.len() > limits::LIST_ITEMS {
            break;
        }
    }
    items.push(current.finish(origin()));
    Value::list(items)
        .with_origin(source.origin.hop(span, HopKind::Computed("Fn::Split".into())))
        .mark(source.sensitive)
}

/// Whether a delimiter cannot be in an unknown string: facts of the place of deployment are made of letters, digits,
/// hyphens and dots.
fn excludes(value: &Value, delimiter: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Symbol(Symbol::Account | Symbol::Region | Symbol::Partition | Symbol::UrlSuffix)) => {
            delimiter.bytes().any(|b| !plain(b))
        }
        _ => false,
    }
}

/// A list index: a whole number or its text.
fn index_of(value: &Value) -> Option<usize> {
    match &value.kind {
        Kind::Number(number) => number.as_i64()?.try_into().ok(),
        Kind::String(text) => text.as_str().trim().parse().ok(),
        _ => None,
    }
}
