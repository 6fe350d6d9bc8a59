//! The `Conditions` section as formulas over what is not known.

use std::sync::Arc;

use super::equality::{all, any, named_opaque, opaque, size};
use super::mapping::text_of;
use super::{Evaluator, limits};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::{Condition, Value};

/// How far a condition has been evaluated.
#[derive(Clone, Debug)]
pub(super) enum State {
    /// It is being evaluated: asking for it again is a cycle.
    Running,
    /// This is it.
    Done(Condition),
}

impl Evaluator<'_> {
    /// The formula of a condition of the template; `None` if there is no such condition.
    pub(in crate::cloudformation) fn condition(&mut self, name: &str, span: Span) -> Option<Condition> {
        match self.conditions.get(name) {
            Some(State::Done(condition)) => return Some(condition.clone()),
            Some(State::Running) => {
                let message = format!("condition {name} depends on itself");
                self.report(Diagnostic::error(Code::Template, message, span));
                return Some(self.named(name, Some(span)));
            }
            None => {}
        }
        let entry: &Entry = self.template.conditions.get(name)?;
        self.conditions.insert(name.into(), State::Running);
        let formula = self.formula(&entry.value);
        let condition = if size(&formula) > limits::FORMULA {
            let message = format!("condition {name} is too large to look into");
            self.report(Diagnostic::warning(Code::Limit, message, entry.key_span));
            self.named(name, Some(entry.key_span))
        } else {
            formula
        };
        self.conditions.insert(name.into(), State::Done(condition.clone()));
        Some(condition)
    }

    /// The formula of a condition that is referred to; a missing one is reported and open.
    pub(in crate::cloudformation) fn named_condition(&mut self, name: &str, span: Span) -> Condition {
        self.condition(name, span).unwrap_or_else(|| {
            if self.template.unseen.is_none() {
                self.report(Diagnostic::warning(Code::Evaluation, format!("there is no condition {name}"), span));
            }
            self.named(name, Some(span))
        })
    }

    /// A condition of which only the name is known.
    fn named(&self, name: &str, span: Option<Span>) -> Condition {
        opaque(&format!("{}{name}", self.place.prefix), span)
    }

    /// The condition of `Fn::If`, with its name: the name itself, or a function that yields it.
    pub(super) fn condition_of_if(&mut self, node: &Node) -> (Condition, Arc<str>) {
        if let Some(name) = node.as_str() {
            return (self.named_condition(name, node.span), name.into());
        }
        if let [Entry { key, .. }] = node.entries()
            && key.as_str() == "Fn::Sub"
            && let Some(name) = self.name(node)
        {
            return (self.named_condition(&name, node.span), name);
        }
        (self.formula(node), "the condition".into())
    }

    /// The formula of a condition function.
    pub(super) fn formula(&mut self, node: &Node) -> Condition {
        if self.depth >= limits::DEPTH || self.budget.nodes == 0 {
            self.limit(node.span, "nesting");
            return self.place_condition(node);
        }
        self.depth += 1;
        self.budget.nodes -= 1;
        let condition = self.formula_of(node);
        self.depth -= 1;
        condition
    }

    fn formula_of(&mut self, node: &Node) -> Condition {
        let [entry] = node.entries() else {
            return match &node.kind {
                NodeKind::Bool(flag) => Condition::Constant(*flag),
                _ => self.no_condition(node),
            };
        };
        let argument = &entry.value;
        match (entry.key.as_str(), argument.items()) {
            ("Condition", _) => match argument.as_str() {
                Some(name) => self.named_condition(name, argument.span),
                None => self.no_condition(node),
            },
            ("Fn::And", items @ [_, ..]) => {
                let parts = items.iter().map(|item| self.formula(item)).collect();
                all(parts)
            }
            ("Fn::Or", items @ [_, ..]) => {
                let parts = items.iter().map(|item| self.formula(item)).collect();
                any(parts)
            }
            ("Fn::Not", [inner]) => self.formula(inner).negate(),
            ("Fn::Equals", [a, b]) => {
                let (a, b) = (self.evaluate(a), self.evaluate(b));
                self.equal(&a, &b, node.span)
            }
            ("Fn::Contains" | "Fn::EachMemberIn" | "Fn::EachMemberEquals", [a, b]) => {
                self.rule_function(entry.key.as_str(), a, b, node)
            }
            ("Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals", _) => {
                let message = format!("{} does not take these arguments", entry.key);
                self.report(Diagnostic::warning(Code::Evaluation, message, node.span));
                self.place_condition(node)
            }
            (name, _) if name == "Ref" || name.starts_with("Fn::") => {
                let value = self.evaluate(node);
                self.truth(&value, node)
            }
            _ => self.no_condition(node),
        }
    }

    /// When a value that stands where a condition is expected is true.
    pub(super) fn truth(&mut self, value: &Value, node: &Node) -> Condition {
        match text_of(value).as_deref() {
            Some("true") => Condition::Constant(true),
            Some("false") => Condition::Constant(false),
            Some(_) => self.no_condition(node),
            None => self.equal(value, &Value::string("true"), node.span),
        }
    }

    fn no_condition(&mut self, node: &Node) -> Condition {
        self.report(Diagnostic::warning(Code::Evaluation, "this is not a condition", node.span));
        self.place_condition(node)
    }

    /// A condition of which nothing is known but where it stands.
    pub(in crate::cloudformation) fn place_condition(&self, node: &Node) -> Condition {
        let Span { file, start, end } = node.span;
        let key = format!("{}condition at {}:{start}..{end}", self.place.prefix, file.0);
        named_opaque(&key, "a condition that is not known", Some(node.span))
    }
}
