//! Values of variables: what is given, by the order of precedence, converted to the variable's type.

use std::sync::Arc;

use super::convert::{Constraint, parse_constraint};
use super::evaluation::{Evaluation, invalid};
use super::expr;
use super::module::{Module, Site};
use super::names::Names;
use super::request::Assignment;
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl;
use crate::parse::hcl::ast::{Block, Expr, ExprKind, Ident};
use crate::source::Span;
use crate::value::{HopKind, Kind, Known, Literal, Origin, Reason, Text, Type, Unknown, Value, Variable};

/// The value of a variable, by its index in the module's directory.
pub(super) fn value(evaluation: &Evaluation, module: &Module, index: usize) -> Value {
    let Some((name, place)) = module.directory.variables.get_index(index) else { return Value::null() };
    let block = module.directory.block(*place);
    let constraint = constraint(evaluation, block);
    let given = match &module.site {
        None => from_outside(evaluation, module, name, &constraint),
        Some(site) => argument(evaluation, site, name),
    };
    let given = given.filter(|value| !value.is_null() || flag(block, "nullable").unwrap_or(true));
    let value = match given {
        Some(given) => {
            let span = given.origin.span.unwrap_or(block.header);
            convert(evaluation, &constraint, given, span)
        }
        None => match block.body.attribute("default") {
            Some(default) => {
                let value = evaluation.value(&default.expr, &Nothing);
                convert(evaluation, &constraint, value, default.expr.span)
            }
            None => not_given(evaluation, module, name, block, &constraint),
        },
    };
    value.mark(flag(block, "sensitive") == Some(true))
}

/// Reports a value from outside that is known not to meet a validation of its variable.
pub(super) fn check(evaluation: &Evaluation, module: &Module, index: usize, value: &Value) {
    let Some((name, place)) = module.directory.variables.get_index(index) else { return };
    let block = module.directory.block(*place);
    // The default is what a module says of itself: it may be there to be replaced.
    let from = value.origin.span.filter(|span| !block.span.contains(*span));
    let Some(span) = from else { return };
    let names = Names::of(evaluation, module);
    for condition in block.body.blocks_of("validation").filter_map(|validation| validation.body.attribute("condition"))
    {
        let mut problems = Vec::new();
        if expr::evaluate(&condition.expr, &names, &mut problems).as_bool() == Some(false) && problems.is_empty() {
            let message = format!("this value does not meet what variable \"{name}\" demands");
            let warning = Diagnostic::warning(Code::Evaluation, message, span);
            evaluation.report(warning.label(condition.expr.span, "this is false"));
        }
    }
}

/// The type that a variable's values are converted to.
fn constraint(evaluation: &Evaluation, block: &Block) -> Constraint {
    let Some(ty) = block.body.attribute("type") else { return Constraint::Type(Type::Dynamic) };
    let mut diagnostics = Vec::new();
    let mut default = |expr: &Expr, diagnostics: &mut Vec<Diagnostic>| expr::evaluate(expr, &Nothing, diagnostics);
    let constraint = parse_constraint(&ty.expr, &mut default, &mut diagnostics);
    diagnostics.into_iter().for_each(|diagnostic| evaluation.report(diagnostic));
    constraint
}

fn convert(evaluation: &Evaluation, constraint: &Constraint, value: Value, span: Span) -> Value {
    match constraint.apply(&value) {
        Ok(converted) => converted,
        Err(why) => {
            let message = format!("this value does not fit the variable's type: {why}");
            evaluation.report(Diagnostic::error(Code::Evaluation, message, span));
            invalid(span)
        }
    }
}

/// A constant flag of a variable's block.
fn flag(block: &Block, name: &str) -> Option<bool> {
    match &block.body.attribute(name)?.expr.kind {
        ExprKind::Bool(value) => Some(*value),
        ExprKind::String(text) => text.as_str().parse().ok(),
        _ => None,
    }
}

/// The value that a module call gives.
fn argument(evaluation: &Evaluation, site: &Site, name: &Arc<str>) -> Option<Value> {
    let caller = evaluation.module(site.caller);
    let attribute = caller.directory.block(site.block).body.attribute(name)?;
    let names = Names::of(evaluation, &caller).repeated(&site.repetition);
    let value = evaluation.value(&attribute.expr, &names);
    let origin = value.origin.hop(attribute.expr.span, HopKind::Argument(Arc::clone(name)));
    Some(value.with_origin(origin))
}

/// The value of a root variable from outside its declaration, strongest source first.
///
/// <https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>
fn from_outside(evaluation: &Evaluation, module: &Module, name: &str, constraint: &Constraint) -> Option<Value> {
    let inputs = evaluation.inputs;
    let assigned = |all: &[Assignment]| all.iter().rev().find(|given| &*given.name == name).cloned();
    if let Some(given) = assigned(&inputs.assignments) {
        return Some(assignment(evaluation, &given, constraint));
    }
    let files = inputs.files.iter().rev().chain(module.directory.values.iter().rev());
    if let Some(attribute) = files.into_iter().find_map(|file| file.body.attribute(name)) {
        return Some(evaluation.value(&attribute.expr, &Nothing));
    }
    assigned(&inputs.environment).map(|given| assignment(evaluation, &given, constraint))
}

/// The value of a text: of a variable of a simple type the text itself, otherwise an expression.
fn assignment(evaluation: &Evaluation, given: &Assignment, constraint: &Constraint) -> Value {
    let span = given.text.span();
    match constraint {
        Constraint::Type(Type::String | Type::Number | Type::Bool | Type::Dynamic) => {
            Value::at(Kind::String(Text::verbatim(&given.text.text, span)), span)
        }
        _ => {
            let (expr, diagnostics) = hcl::parse_expr(&given.text);
            diagnostics.into_iter().for_each(|diagnostic| evaluation.report(diagnostic));
            evaluation.value(&expr, &Nothing)
        }
    }
}

/// A variable that has neither a value nor a default.
fn not_given(evaluation: &Evaluation, module: &Module, name: &str, block: &Block, constraint: &Constraint) -> Value {
    if module.site.is_some() {
        let message = format!("the module's argument \"{name}\" is missing");
        let call = module.calls.last().map_or(block.header, |call| call.span);
        let label = Diagnostic::warning(Code::Evaluation, message, call).label(block.header, "required here");
        evaluation.report(label);
    }
    let ty = constraint.ty();
    let domain = match ty {
        Type::Bool => Some([Literal::Bool(true), Literal::Bool(false)].into()),
        _ => validated(block, name),
    };
    let shown: Arc<str> = format!("var.{name}").into();
    let variable = Variable {
        key: module.address_of(&shown),
        name: Arc::clone(&shown),
        domain,
        phrases: &[],
        span: Some(block.header),
    };
    let mut unknown = Unknown::new(Reason::NotGiven(shown)).typed(ty).known(Known::Variable(Arc::new(variable)));
    unknown.not_null = flag(block, "nullable") == Some(false);
    Value::unknown(unknown, Origin::at(block.header))
}

/// The values that a validation of the form `contains([…], var.x)` allows.
fn validated(block: &Block, name: &str) -> Option<Arc<[Literal]>> {
    block.body.blocks_of("validation").find_map(|validation| {
        let condition = strip(&validation.body.attribute("condition")?.expr);
        let ExprKind::Call(call) = &condition.kind else { return None };
        let ("contains", [allowed, tested]) = (&*call.name.name, call.args.as_slice()) else { return None };
        let ExprKind::GetAttr(base, attribute) = &strip(tested).kind else { return None };
        let is_own = matches!(&base.kind, ExprKind::Variable(root) if &*root.name == "var") && &*attribute.name == name;
        let ExprKind::Tuple(items) = &strip(allowed).kind else { return None };
        let literals = items.iter().map(|item| match &item.kind {
            ExprKind::String(text) => Some(Literal::String(text.shared())),
            ExprKind::Bool(value) => Some(Literal::Bool(*value)),
            ExprKind::Number(number) => Some(Literal::String((**number).into())),
            _ => None,
        });
        is_own.then(|| literals.collect::<Option<Vec<_>>>()).flatten().map(Into::into)
    })
}

/// An expression without parentheses around it.
fn strip(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Parens(inner) => strip(inner),
        _ => expr,
    }
}

/// The scope of expressions that must be constant.
struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, _: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        None
    }
}
