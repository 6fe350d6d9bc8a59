//! Nodes to values: intrinsic functions and conditions of one template.

mod cases;
mod cidr;
mod condition;
mod encode;
mod equality;
mod list;
mod mapping;
mod reference;
mod rules;
mod string;
mod sub;
mod weight;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::limits;
use super::nested::Nested;
use super::scope::Scope;
use super::stack::Place;
use super::template::{Template, intrinsic, macro_name};
use super::{declaration, inputs::Inputs};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::value::{
    Choice, Condition, Entries, Entry, Kind, Known, List, ListSort, Map, MapSort, Number, Origin, Reason, Type,
    Unknown, Value,
};

/// Evaluates the parts of one template.
pub(super) struct Evaluator<'a> {
    /// The template, after its transforms.
    pub(super) template: &'a Template<'a>,
    /// Parameters and pseudo parameters.
    pub(super) scope: Scope<'a>,
    /// What the whole is evaluated with.
    pub(super) inputs: &'a Inputs,
    /// Where the template stands among nested stacks.
    pub(super) place: Place,
    /// The identifiers of `Fn::ForEach` loops whose collection is not known.
    pub(super) loops: &'a FxHashSet<Arc<str>>,
    /// Nested stacks by logical id; `None` while one is evaluated.
    pub(super) nested: FxHashMap<Arc<str>, Option<Arc<Nested>>>,
    /// How deep this stack is nested, and the work that is left for it and all below.
    pub(super) budget: Budget,
    /// What there is to say.
    pub(super) diagnostics: Vec<Diagnostic>,
    conditions: FxHashMap<Arc<str>, condition::State>,
    depth: usize,
}

/// The work that is left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Nested stacks above this one.
    pub(super) stack_depth: usize,
    /// Nested stacks that may still be evaluated.
    pub(super) stacks: usize,
    /// Nodes that may still be evaluated.
    pub(super) nodes: usize,
    /// Bytes of strings that may still be made.
    pub(super) bytes: usize,
    /// Resources that may still be kept.
    pub(super) resources: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            stack_depth: 0,
            stacks: limits::STACKS_IN_ALL,
            nodes: limits::NODES,
            bytes: limits::TOTAL_BYTES,
            resources: limits::RESOURCES,
        }
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluator of a template's parts.
    pub(super) fn new(
        template: &'a Template<'a>,
        scope: Scope<'a>,
        inputs: &'a Inputs,
        place: Place,
        loops: &'a FxHashSet<Arc<str>>,
        budget: Budget,
    ) -> Self {
        Evaluator {
            template,
            scope,
            inputs,
            place,
            loops,
            nested: FxHashMap::default(),
            budget,
            diagnostics: Vec::new(),
            conditions: FxHashMap::default(),
            depth: 0,
        }
    }

    /// The value of a node.
    pub(super) fn evaluate(&mut self, node: &Node) -> Value {
        if self.depth >= limits::DEPTH {
            return self.limit(node.span, "nesting");
        }
        if self.budget.nodes == 0 {
            return self.limit(node.span, "the size of the template");
        }
        self.budget.nodes -= 1;
        self.depth += 1;
        let value = match &node.kind {
            NodeKind::Null => Value::at(Kind::Null, node.span),
            NodeKind::Bool(flag) => Value::at(Kind::Bool(*flag), node.span),
            NodeKind::Number(text) => number(text, node.span),
            NodeKind::String(text) => string::with_dynamic_references(text, node.span),
            NodeKind::Sequence(items) => self.sequence(items, node.span),
            NodeKind::Mapping(_) => match intrinsic(node) {
                Some((function, argument)) => {
                    let value = self.call(function, argument, node);
                    self.weighed(value, node.span)
                }
                None => self.mapping(node),
            },
        };
        self.depth -= 1;
        value
    }

    /// The result of a function, unless it has become too large to walk through.
    fn weighed(&mut self, value: Value, span: Span) -> Value {
        let parts = value.as_unknown().is_some_and(|unknown| !matches!(unknown.known, Known::Nothing));
        match if parts { weight::weight(&value) } else { Some(0) } {
            Some(weight) => {
                self.budget.nodes = self.budget.nodes.saturating_sub(weight);
                value
            }
            None => self.limit(span, "the number of cases of a value"),
        }
    }

    fn sequence(&mut self, items: &[Node], span: Span) -> Value {
        let evaluated = items.iter().map(|item| (self.evaluate(item), item));
        let kept = evaluated.filter(|(value, item)| !is_removed(value, item)).map(|(value, _)| value);
        let items = kept.collect();
        Value::at(Kind::List(Arc::new(List { sort: ListSort::Tuple, items })), span)
    }

    fn mapping(&mut self, node: &Node) -> Value {
        let mut entries = Entries::default();
        for entry in node.entries() {
            let value = match entry.key.as_str() {
                Map::UNSEEN => macro_result(&entry.value, entry.value.span),
                _ => self.evaluate(&entry.value),
            };
            if is_removed(&value, &entry.value) {
                entries.shift_remove(entry.key.as_str());
                continue;
            }
            let place = Entry { key: Some(entry.key_span), place: Some(entry.value.span), value };
            entries.insert(entry.key.shared(), place);
        }
        Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), node.span)
    }

    /// The value of an intrinsic function. `node` is the whole: `{function: argument}`.
    fn call(&mut self, function: &str, argument: &Node, node: &Node) -> Value {
        let span = node.span;
        match function {
            "Ref" => match argument.as_str() {
                Some(name) => self.reference(name, span),
                None => self.mapping(node),
            },
            "Fn::GetAtt" => self.get_att(argument, span),
            "Fn::Sub" => self.sub(argument, span),
            "Fn::Join" => self.join(argument, span),
            "Fn::Split" => self.split(argument, span),
            "Fn::Select" => self.select(argument, span),
            "Fn::Length" => self.length(argument, span),
            "Fn::FindInMap" => self.find_in_map(argument, span),
            "Fn::If" => self.choose(argument, span),
            "Fn::Base64" => self.base64(argument, span),
            "Fn::ToJsonString" => self.json_string(argument, span),
            "Fn::Cidr" => self.cidr(argument, span),
            "Fn::GetAZs" => self.availability_zones(argument, span),
            "Fn::ImportValue" => self.import_value(argument, span),
            "Fn::Transform" => macro_result(argument, span),
            "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" => {
                let condition = self.formula(node);
                condition_value(condition, function, span)
            }
            // Functions of rules that tell what is known at deployment only.
            "Fn::RefAll" | "Fn::ValueOf" | "Fn::ValueOfAll" => {
                Value::unknown(Unknown::new(Reason::Unsupported(function.into())), Origin::at(span))
            }
            _ => {
                let message = format!("{function} is not a function of CloudFormation");
                self.report(Diagnostic::warning(Code::Evaluation, message, span));
                Value::unknown(Unknown::new(Reason::Unsupported(function.into())), Origin::at(span))
            }
        }
    }

    /// `Fn::If`
    fn choose(&mut self, argument: &Node, span: Span) -> Value {
        let Some([condition, then, otherwise]) = argument.items().first_chunk().filter(|_| argument.items().len() == 3)
        else {
            return self.invalid(span, "Fn::If takes a condition's name and two values");
        };
        let (formula, name) = self.condition_of_if(condition);
        match formula {
            Condition::Constant(true) => self.evaluate(then),
            Condition::Constant(false) => self.evaluate(otherwise),
            condition => {
                let (then, otherwise) = (self.evaluate(then), self.evaluate(otherwise));
                choice(Choice { condition, name, then, otherwise }, span)
            }
        }
    }

    /// Reports what is wrong with a part of the template, which has no value then.
    fn invalid(&mut self, span: Span, message: impl Into<String>) -> Value {
        self.report(Diagnostic::warning(Code::Evaluation, message, span));
        Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
    }

    /// What a name is that the template does not have: what a macro or snippet brings, if there is one that is not seen;
    /// else `message` is reported.
    fn missing(&mut self, span: Span, message: impl Into<String>) -> Value {
        match self.template.unseen {
            Some(name) => result_of(name, span),
            None => self.invalid(span, message),
        }
    }

    /// Reports that a bound was reached.
    fn limit(&mut self, span: Span, what: &str) -> Value {
        let message = format!("{what} exceeds what is evaluated");
        // One is enough: the bound on the whole is met at every further node.
        if !self.diagnostics.iter().any(|known| known.code == Code::Limit && known.message == message) {
            self.report(Diagnostic::warning(Code::Limit, message, span));
        }
        Value::unknown(Unknown::new(Reason::Limit(what.into())), Origin::at(span))
    }

    /// Adds a diagnostic, up to the bound on their number.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < limits::DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// `Fn::Transform` that no earlier stage has replaced: a macro, or a snippet that is not on this machine.
pub(super) fn macro_result(argument: &Node, span: Span) -> Value {
    result_of(macro_name(argument), span)
}

/// What a macro makes that is not applied.
fn result_of(name: &str, span: Span) -> Value {
    Value::unknown(Unknown::new(Reason::External(format!("the result of {name}").into())), Origin::at(span))
}

/// Whether a value is one that removes its entry: `AWS::NoValue`, but not a `null` that is written there.
fn is_removed(value: &Value, node: &Node) -> bool {
    value.is_null() && !matches!(node.kind, NodeKind::Null)
}

/// A number, or the text itself where the notation is beyond what a number can hold.
fn number(text: &str, span: Span) -> Value {
    match Number::parse(text) {
        Some(number) => Value::at(Kind::Number(number), span),
        None => Value::at(Kind::String(declaration::verbatim(text, span)), span),
    }
}

/// The value of a condition where a value is asked for.
fn condition_value(condition: Condition, name: &str, span: Span) -> Value {
    match condition {
        Condition::Constant(flag) => Value::at(Kind::Bool(flag), span),
        condition => {
            let (then, otherwise) = (Value::at(Kind::Bool(true), span), Value::at(Kind::Bool(false), span));
            choice(Choice { condition, name: name.into(), then, otherwise }, span)
        }
    }
}

/// A choice as a value; one value if both are the same.
fn choice(choice: Choice, span: Span) -> Value {
    if choice.then == choice.otherwise {
        return choice.then;
    }
    let reason = Reason::Depends(Arc::clone(&choice.name));
    let ty = common_type(&choice.then, &choice.otherwise);
    Value::unknown(Unknown::new(reason).typed(ty).known(Known::Choice(Arc::new(choice))), Origin::at(span))
}

fn common_type(a: &Value, b: &Value) -> Type {
    let (a, b) = (type_of(a), type_of(b));
    if a == b { a } else { Type::Dynamic }
}

fn type_of(value: &Value) -> Type {
    match &value.kind {
        Kind::Bool(_) => Type::Bool,
        Kind::Number(_) => Type::Number,
        Kind::String(_) => Type::String,
        Kind::Unknown(unknown) => unknown.ty.clone(),
        Kind::Null | Kind::List(_) | Kind::Map(_) => Type::Dynamic,
    }
}

/// The result of `each` on every alternative of a value that is a choice, under the same conditions.
fn distribute(value: &Value, span: Span, each: &mut impl FnMut(&Value) -> Value) -> Value {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(alternatives)) => {
            let then = distribute(&alternatives.then, span, each);
            let otherwise = distribute(&alternatives.otherwise, span, each);
            let (condition, name) = (alternatives.condition.clone(), Arc::clone(&alternatives.name));
            choice(Choice { condition, name, then, otherwise }, span)
        }
        _ => each(value),
    }
}

/// An unknown value of a type, for the same reason as `cause`.
fn depends(cause: &Value, ty: Type, span: Span) -> Value {
    let reason = cause.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
    Value::unknown(Unknown::new(reason).typed(ty), Origin::at(span)).mark(cause.sensitive)
}
