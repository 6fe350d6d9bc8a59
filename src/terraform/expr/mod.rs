//! Expressions to values, as Terraform evaluates them.
//!
//! An expression in error evaluates to an unknown value with [`Reason::Invalid`], and the error is a diagnostic.

mod access;
mod call;
mod choice;
mod collection;
mod conditional;
mod display;
mod equality;
mod operator;
mod template;

use std::sync::Arc;

pub use choice::condition_of;
pub(super) use choice::{as_choice, boolean, by_variable, contains_marked, unmark_deep};
pub use display::display;
pub(super) use equality::{bounds_of, equals, literal_for};
pub(super) use template::{Joined, prefix_of};

use super::convert::invalid;
use super::functions::normalised;
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parse::hcl::ast::{Expr, ExprKind, Ident};
use crate::source::Span;
use crate::value::{HopKind, Kind, Number, Origin, Reason, Type, Unknown, Value};

/// How many expressions one evaluation may take, iterations of `for` counted each.
const MAX_STEPS: usize = 2_000_000;
/// How deep expressions may nest, templates of `templatefile` included.
const MAX_DEPTH: usize = 320;
/// How many problems of one expression are reported.
const MAX_REPORTS: usize = 100;
/// The longest string that an expression may yield, in bytes.
pub(super) const MAX_TEXT: usize = 4 << 20;
/// How many values a value may hold.
pub(super) const MAX_ITEMS: usize = 200_000;

/// The value of an expression.
///
/// Never fails: what is in error is reported, and unknown for [`Reason::Invalid`].
pub fn evaluate(expr: &Expr, scope: &dyn Scope, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let mark = diagnostics.len();
    let value = Evaluator::new(scope, diagnostics).expr(expr);
    if diagnostics.len() > mark + 1 {
        // Every iteration of a `for` reports what is wrong with its body.
        let new = diagnostics.split_off(mark);
        for diagnostic in new {
            let known = |other: &Diagnostic| other.span == diagnostic.span && other.message == diagnostic.message;
            if diagnostics.len() < mark + MAX_REPORTS && !diagnostics[mark..].iter().any(known) {
                diagnostics.push(diagnostic);
            }
        }
    }
    value
}

/// The state of one evaluation.
pub(super) struct Evaluator<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Variables of `for` expressions, innermost last.
    locals: Vec<(Arc<str>, Value)>,
    /// Where the iterations of enclosing `for` expressions stand: two conditions of one text may differ by it.
    iterations: Vec<usize>,
    depth: usize,
    steps: usize,
    /// The template files that are being rendered, to refuse recursion.
    pub(super) templates: Vec<String>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(scope: &'a dyn Scope, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Evaluator {
            scope,
            diagnostics,
            locals: Vec::new(),
            iterations: Vec::new(),
            depth: 0,
            steps: 0,
            templates: Vec::new(),
        }
    }

    /// The same, as a part of the rendering of templates.
    pub(super) fn within(mut self, templates: Vec<String>) -> Self {
        self.depth = 20 * templates.len();
        self.templates = templates;
        self
    }

    /// The value of an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Value {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            // One report is enough: everything after it is past the bound as well.
            if self.steps == MAX_STEPS + 1 {
                self.limit(expr.span, "this takes too many steps to evaluate");
            }
            return Value::unknown(Unknown::new(Reason::Limit("the evaluation".into())), Origin::at(expr.span));
        }
        if self.depth >= MAX_DEPTH {
            return self.limit(expr.span, "this is nested too deeply to be evaluated");
        }
        self.depth += 1;
        let value = self.expr_kind(expr);
        self.depth -= 1;
        value
    }

    fn expr_kind(&mut self, expr: &Expr) -> Value {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Null => Value::at(Kind::Null, span),
            ExprKind::Bool(value) => Value::at(Kind::Bool(*value), span),
            ExprKind::Number(text) => match Number::parse_decimal(text) {
                Some(number) => Value::at(Kind::Number(number), span),
                None => self.fail(span, format!("{text} is no number that can be computed with")),
            },
            ExprKind::String(text) => Value::at(Kind::String(normalised(text, Some(span))), span),
            ExprKind::Template(template) => self.template(span, &template.parts),
            ExprKind::Tuple(items) => self.tuple(span, items),
            ExprKind::Object(items) => self.object(span, items),
            ExprKind::Variable(name) => self.reference(expr, std::slice::from_ref(name)),
            ExprKind::GetAttr(base, name) => match names(expr) {
                Some(path) => self.reference(expr, &path),
                None => match instance(expr) {
                    Some(instance) => self.instance(expr, &instance),
                    None => {
                        let base = self.expr(base);
                        self.get_attr(&base, name)
                    }
                },
            },
            ExprKind::Index(base, key) => match instance(expr) {
                Some(instance) => self.instance(expr, &instance),
                None => {
                    let base = self.expr(base);
                    let key_value = self.expr(key);
                    self.index(&base, &key_value, key.span)
                }
            },
            ExprKind::Splat(splat) => self.splat(span, splat),
            ExprKind::Call(call) => self.call(span, call),
            ExprKind::Unary(op, operand) => {
                let operand_value = self.expr(operand);
                self.unary(span, *op, &operand_value, operand.span)
            }
            ExprKind::Binary(..) => self.binary(expr),
            ExprKind::Conditional(condition, then, otherwise) => self.conditional(span, condition, then, otherwise),
            ExprKind::For(expression) => self.for_expr(span, expression),
            ExprKind::Parens(inner) => self.expr(inner),
            // The parser has reported it.
            ExprKind::Invalid => invalid().with_origin(Origin::at(span)),
        }
    }

    /// Reports an error; the value in its place.
    pub(super) fn fail(&mut self, span: Span, message: impl Into<String>) -> Value {
        self.diagnostics.push(Diagnostic::error(Code::Evaluation, message, span));
        invalid().with_origin(Origin::at(span))
    }

    /// Reports that a bound was reached; the value in its place.
    pub(super) fn limit(&mut self, span: Span, message: &str) -> Value {
        self.diagnostics.push(Diagnostic::error(Code::Limit, message, span));
        Value::unknown(Unknown::new(Reason::Limit(message.into())), Origin::at(span))
    }

    /// Whether an error was reported since the diagnostics were so many.
    pub(super) fn failed_since(&self, mark: usize) -> bool {
        self.diagnostics.iter().skip(mark).any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The same for errors after which there is nothing to work with. A name that is not declared has a stand-in, and what
    /// is made of that is worth as much as what is made of a variable that nobody gave.
    pub(super) fn spoilt_since(&self, mark: usize) -> bool {
        let spoils = |diagnostic: &Diagnostic| diagnostic.level == Level::Error && diagnostic.code != Code::Undeclared;
        self.diagnostics.iter().skip(mark).any(spoils)
    }

    /// Takes back what was reported since the diagnostics were so many, apart from bounds that were reached and names that
    /// are not declared: those Terraform refuses before it evaluates anything, `try` or not.
    pub(super) fn forget_since(&mut self, mark: usize) {
        let mut index = 0;
        self.diagnostics.retain_mut(|diagnostic| {
            index += 1;
            if index > mark && diagnostic.code == Code::Undeclared {
                diagnostic.level = Level::Warning;
            }
            index <= mark || matches!(diagnostic.code, Code::Limit | Code::Undeclared)
        });
    }

    /// The value of a name with the attributes that follow it.
    fn reference(&mut self, expr: &Expr, path: &[Ident]) -> Value {
        let Some(root) = path.first() else { return invalid() };
        if let Some((_, value)) = self.locals.iter().rev().find(|(name, _)| *name == root.name) {
            let value = value.clone();
            return self.attributes(value, &path[1..]);
        }
        match self.scope.resolve(path, self.diagnostics) {
            Some((value, covered)) => {
                let value = self.attributes(value, path.get(covered..).unwrap_or(&[]));
                let name: Vec<&str> = path.iter().map(|ident| &*ident.name).collect();
                let origin = value.origin.hop(expr.span, HopKind::Reference(name.join(".").into()));
                value.with_origin(origin)
            }
            None => self.fail(expr.span, format!("there is no {} here", root.name)),
        }
    }

    /// The value of `path[key].rest`.
    fn instance(&mut self, expr: &Expr, instance: &Instance) -> Value {
        let Instance { base, path, key, rest } = instance;
        let key_value = self.expr(key);
        let is_local = path.first().is_some_and(|root| self.locals.iter().any(|(name, _)| *name == root.name));
        let found = match is_local {
            true => None,
            false => self.scope.resolve_instance(path, &key_value, rest, self.diagnostics),
        };
        let Some((value, covered)) = found else {
            let base = self.reference(base, path);
            let value = self.index(&base, &key_value, key.span);
            return self.attributes(value, rest);
        };
        let value = self.attributes(value, rest.get(covered..).unwrap_or(&[]));
        let origin = value.origin.hop(expr.span, HopKind::Reference(display(expr).into()));
        value.with_origin(origin).mark(key_value.sensitive)
    }

    fn attributes(&mut self, value: Value, path: &[Ident]) -> Value {
        path.iter().fold(value, |value, name| self.get_attr(&value, name))
    }

    /// An unknown value that depends on `cause`, which is unknown.
    pub(super) fn depends_on(&self, cause: &Value, ty: Type, span: Span) -> Value {
        let reason = cause.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(ty) };
        Value::unknown(unknown, Origin::at(span)).mark(cause.sensitive)
    }
}

/// A traversal with one index among names: `path[key].rest`.
struct Instance<'e> {
    base: &'e Expr,
    path: Vec<Ident>,
    key: &'e Expr,
    rest: Vec<Ident>,
}

/// The parts of an expression that is such a traversal.
fn instance(expr: &Expr) -> Option<Instance<'_>> {
    let (mut rest, mut at) = (Vec::new(), expr);
    loop {
        match &at.kind {
            ExprKind::GetAttr(base, name) => {
                rest.push(name);
                at = base;
            }
            ExprKind::Index(base, key) => {
                let rest = rest.into_iter().rev().cloned().collect();
                return Some(Instance { base, path: names(base)?, key, rest });
            }
            _ => return None,
        }
    }
}

/// The names of a traversal that has nothing else.
fn names(expr: &Expr) -> Option<Vec<Ident>> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(vec![name.clone()]),
        ExprKind::GetAttr(base, name) => {
            let mut path = names(base)?;
            path.push(name.clone());
            Some(path)
        }
        _ => None,
    }
}

/// Whether a value holds more than [`MAX_ITEMS`] values. Shared parts count as often as they occur.
pub(super) fn is_too_large(values: &[Value]) -> bool {
    fn count(value: &Value, left: &mut usize) -> bool {
        match left.checked_sub(1) {
            Some(fewer) => *left = fewer,
            None => return false,
        }
        match &value.kind {
            Kind::List(list) => list.items.iter().all(|item| count(item, left)),
            Kind::Map(map) => map.entries.values().all(|entry| count(&entry.value, left)),
            _ => true,
        }
    }
    let mut left = MAX_ITEMS;
    !values.iter().all(|value| count(value, &mut left))
}

#[cfg(test)]
mod tests;
