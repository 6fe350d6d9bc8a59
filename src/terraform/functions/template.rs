//! Templates from files and from strings.

use std::sync::Arc;

use super::sequence::unknown_from;
use super::string::text;
use super::{Context, Failure, Function, Outcome, Param, Shape, file};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parse::hcl::ast::{Expr, Ident};
use crate::parse::hcl::{parse_template, parse_template_text};
use crate::terraform::expr::{Evaluator, contains_marked};
use crate::terraform::scope::{Files, Scope};
use crate::value::{HopKind, Kind, Type, Value};

const VARS: Param = Param::new("vars", Shape::Any).unknown().marks();

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("templatefile", &[Param::new("path", Shape::String).unknown(), VARS], Shape::Any, templatefile),
    Function::new(
        "templatestring",
        &[Param::new("template", Shape::String).unknown(), VARS],
        Shape::Any,
        templatestring,
    ),
];

/// The names in a template: its variables and nothing else.
struct Variables<'a> {
    values: &'a Value,
    files: Option<Arc<dyn Files>>,
    prefix: String,
}

impl Scope for Variables<'_> {
    fn resolve(&self, path: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let value = self.values.get(&path.first()?.name)?;
        Some((value.clone().mark(self.values.sensitive), 1))
    }

    fn files(&self) -> Option<Arc<dyn Files>> {
        self.files.clone()
    }

    fn prefix(&self) -> &str {
        &self.prefix
    }
}

fn templatefile(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let Some(variables) = variables(&args[1])?.filter(|_| !args[0].is_unknown()) else {
        let cause = if args[0].is_unknown() { &args[0] } else { &args[1] };
        return Ok(unknown_from(cause, Type::Dynamic).mark(contains_marked(&args[1])));
    };
    let path = super::string::str(args, 0)?;
    if context.evaluator.templates.iter().any(|open| open == path) {
        return Err(Failure::of(0, "a template cannot render itself"));
    }
    let source = file::read(context, path)?;
    let (template, problems) = parse_template(&source);
    render(context, &template, problems, variables, path.to_owned())
}

fn templatestring(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let Some(variables) = variables(&args[1])?.filter(|_| !args[0].is_unknown()) else {
        let cause = if args[0].is_unknown() { &args[0] } else { &args[1] };
        return Ok(unknown_from(cause, Type::Dynamic).mark(contains_marked(&args[1])));
    };
    let text = text(args, 0)?;
    let place = args[0].origin.span.unwrap_or(context.span);
    let (template, problems) = parse_template_text(text, place);
    let name = format!("templatestring@{}", place.start);
    if context.evaluator.templates.len() > 16 {
        return Err(Failure::limit("templates are nested too deeply"));
    }
    render(context, &template, problems, variables, name)
}

/// The variables, which must be a map or object with names as keys; `None` if they are unknown.
fn variables(value: &Value) -> Result<Option<&Value>, Failure> {
    match &value.kind {
        Kind::Map(map) => {
            let is_name = |name: &str| {
                name.starts_with(|c: char| c.is_alphabetic() || c == '_')
                    && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            };
            match map.entries.keys().find(|name| !is_name(name)) {
                Some(name) => Err(Failure::of(1, format!("invalid template variable name {name:?}"))),
                None => Ok(Some(value)),
            }
        }
        Kind::Unknown(unknown) if matches!(unknown.ty, Type::Dynamic | Type::Map(_) | Type::Object(_)) => Ok(None),
        _ => Err(Failure::of(1, "invalid vars value: must be a map")),
    }
}

fn render(
    context: &mut Context<'_, '_>,
    template: &Expr,
    problems: Vec<Diagnostic>,
    variables: &Value,
    name: String,
) -> Outcome {
    if let Some(problem) = problems.iter().find(|problem| problem.level == Level::Error) {
        let message = problem.message.clone();
        context.evaluator.diagnostics.extend(problems);
        return Err(Failure::of(0, message));
    }
    let outer = context.evaluator.scope;
    let scope = Variables {
        values: variables,
        files: outer.files(),
        prefix: format!("{}{}@{name}.", outer.prefix(), context.span.start),
    };
    let mark = context.evaluator.diagnostics.len();
    let mut templates = context.evaluator.templates.clone();
    templates.push(name);
    let mut inner = Evaluator::new(&scope, context.evaluator.diagnostics).within(templates);
    let value = inner.expr(template);
    let errors = context.evaluator.diagnostics.iter().skip(mark);
    let failed = errors.clone().find(|diagnostic| diagnostic.level == Level::Error).map(|error| error.message.clone());
    if let Some(message) = failed {
        return Err(Failure { message, argument: Some(0), code: Code::Evaluation });
    }
    let origin = value.origin.hop(context.span, HopKind::Computed(context.name.into()));
    Ok(value.with_origin(origin))
}
