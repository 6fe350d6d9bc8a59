//! Ephemeral values: what Terraform keeps neither in its state nor in a plan, and where it therefore refuses them.
//!
//! Only what is ephemeral for certain counts. <https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral>

use std::cell::RefCell;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::directory::{ConfigFile, Directory};
use super::functions;
use super::language::expressions::names;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Block, Body, Call, Expr, ExprKind, ObjectItem, Part};
use crate::source::Span;

/// How deep expressions and local values are followed.
const MAX_DEPTH: usize = 64;

/// Whether the files of a module speak of ephemeral values at all, which few do.
pub(super) fn are_mentioned(files: &[ConfigFile]) -> bool {
    let words = ["ephemeral", "terraform.applying"].map(memmem::Finder::new);
    files.iter().any(|file| words.iter().any(|word| word.find(file.source.text.as_bytes()).is_some()))
}

/// Whether the value of an expression in this module is ephemeral.
pub(super) fn is_ephemeral(directory: &Directory, expr: &Expr) -> bool {
    directory.has_ephemeral_values() && Marks::new(directory).holds(expr, Extent::Whole, 0)
}

/// Whether a call hands an ephemeral value to a variable that is not ephemeral.
pub(super) fn is_leaked(caller: &Directory, argument: &Expr, variable: &Block) -> bool {
    !is_on(&variable.body, "ephemeral")
        && caller.has_ephemeral_values()
        && Marks::new(caller).holds(argument, Extent::Part, 0)
}

/// Ephemeral values in places that Terraform keeps.
pub(super) fn check(directory: &Directory) -> Vec<Diagnostic> {
    if !directory.has_ephemeral_values() {
        return Vec::new();
    }
    let (marks, mut problems) = (Marks::new(directory), Vec::new());
    for (name, place) in &directory.resources {
        let body = &directory.block(*place).body;
        repetition(&marks, body, &mut problems);
        if name.data || is_known(&name.ty) {
            arguments(&marks, body, name.data, &mut problems);
        }
    }
    directory.calls().for_each(|call| repetition(&marks, &call.body, &mut problems));
    for place in directory.outputs.values() {
        let body = &directory.block(*place).body;
        let value = body.attribute("value").filter(|_| !is_on(body, "ephemeral"));
        if let Some(value) = value.filter(|value| marks.holds(&value.expr, Extent::Part, 0)) {
            problems.push(refused("an output of an ephemeral value needs ephemeral = true", value.expr.span));
        }
    }
    problems
}

/// Resource types whose write-only arguments are those that end in `_wo`, as the AWS provider names them.
fn is_known(ty: &str) -> bool {
    ty.starts_with("aws_") || matches!(ty, "terraform_data" | "null_resource")
}

fn repetition<'d>(marks: &Marks<'d>, body: &'d Body, problems: &mut Vec<Diagnostic>) {
    for attribute in ["count", "for_each"].into_iter().filter_map(|name| body.attribute(name)) {
        if marks.holds(&attribute.expr, Extent::Whole, 0) {
            let message =
                format!("{} does not take ephemeral values: which instances there are is kept", attribute.name.name);
            problems.push(refused(message, attribute.expr.span));
        }
    }
}

fn arguments<'d>(marks: &Marks<'d>, body: &'d Body, data: bool, problems: &mut Vec<Diagnostic>) {
    const OWN: [&str; 4] = ["count", "for_each", "depends_on", "provider"];
    for attribute in &body.attributes {
        let name = &*attribute.name.name;
        let write_only = !data && name.ends_with("_wo");
        if !write_only && !OWN.contains(&name) && marks.holds(&attribute.expr, Extent::Part, 0) {
            let message = format!("an ephemeral value cannot be kept in {name}: only write-only arguments take it");
            problems.push(refused(message, attribute.expr.span));
        }
    }
    let inner = body
        .blocks
        .iter()
        .filter(|block| !matches!(&*block.kind.name, "lifecycle" | "provisioner" | "connection" | "timeouts"));
    inner.for_each(|block| arguments(marks, &block.body, data, problems));
}

fn refused(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::Evaluation, message, span)
}

fn is_on(body: &Body, flag: &str) -> bool {
    match body.attribute(flag).map(|own| &own.expr.kind) {
        Some(ExprKind::Bool(on)) => *on,
        Some(ExprKind::String(text)) => text.as_str() == "true",
        _ => false,
    }
}

/// How much of a value must be ephemeral.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Extent {
    /// The value itself.
    Whole,
    /// The value itself or something in it.
    Part,
}

/// What is ephemeral in a module.
struct Marks<'d> {
    directory: &'d Directory,
    locals: RefCell<FxHashMap<(&'d str, Extent), bool>>,
}

impl<'d> Marks<'d> {
    fn new(directory: &'d Directory) -> Self {
        Marks { directory, locals: RefCell::default() }
    }

    fn holds(&self, expr: &'d Expr, extent: Extent, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        let whole = |expr: &'d Expr| self.holds(expr, Extent::Whole, depth + 1);
        let same = |expr: &'d Expr| self.holds(expr, extent, depth + 1);
        if let Some(names) = names(expr)
            && let Some(known) = self.reference(&names, extent, depth)
        {
            return known;
        }
        match &expr.kind {
            ExprKind::Parens(inner) => same(inner),
            ExprKind::Unary(_, inner) | ExprKind::GetAttr(inner, _) => whole(inner),
            ExprKind::Index(base, key) => whole(base) || whole(key),
            ExprKind::Splat(splat) => whole(&splat.source),
            ExprKind::Binary(left, _, right) => whole(left) || whole(right),
            ExprKind::Conditional(condition, then, otherwise) => whole(condition) || same(then) && same(otherwise),
            ExprKind::Template(template) => self.parts(&template.parts, depth),
            ExprKind::For(inner) => {
                whole(&inner.collection) || extent == Extent::Part && self.holds(&inner.value, extent, depth + 1)
            }
            ExprKind::Tuple(items) => extent == Extent::Part && items.iter().any(same),
            ExprKind::Object(items) => extent == Extent::Part && items.iter().any(|item| same(&item.value)),
            ExprKind::Call(call) => self.call(call, extent, depth),
            _ => false,
        }
    }

    /// Whether a reference is ephemeral; `None` if its steps decide.
    fn reference(&self, names: &[&str], extent: Extent, depth: usize) -> Option<bool> {
        match names {
            ["ephemeral", _, ..] | ["terraform" | "tofu", "applying"] => Some(true),
            ["var", name, ..] => {
                let place = self.directory.variables.get(*name)?;
                Some(is_on(&self.directory.block(*place).body, "ephemeral"))
            }
            ["local", name] => Some(self.local(name, extent, depth)),
            ["local", name, attribute, ..] => {
                let expr = &self.directory.local(*self.directory.locals.get(*name)?).expr;
                match &expr.kind {
                    ExprKind::Object(items) => {
                        let item = items.iter().rev().find(|item| is_named(item, attribute))?;
                        Some(self.holds(&item.value, extent, depth + 1))
                    }
                    _ => Some(self.local(name, Extent::Whole, depth)),
                }
            }
            _ => None,
        }
    }

    fn local(&self, name: &str, extent: Extent, depth: usize) -> bool {
        let Some((name, place)) = self.directory.locals.get_key_value(name) else { return false };
        let key = (&**name, extent);
        if let Some(known) = self.locals.borrow().get(&key) {
            return *known;
        }
        // What refers to itself is an error already.
        self.locals.borrow_mut().insert(key, false);
        let holds = self.holds(&self.directory.local(*place).expr, extent, depth + 1);
        self.locals.borrow_mut().insert(key, holds);
        holds
    }

    fn call(&self, call: &'d Call, extent: Extent, depth: usize) -> bool {
        let name = call.name.name.strip_prefix("core::").unwrap_or(&call.name.name);
        let (whole, part) = (
            |expr: &'d Expr| self.holds(expr, Extent::Whole, depth + 1),
            |expr: &'d Expr| self.holds(expr, Extent::Part, depth + 1),
        );
        match name {
            "ephemeralasnull" | "can" | "issensitive" | "type" => false,
            "try" => call.args.first().is_some_and(|first| self.holds(first, extent, depth + 1)),
            "coalesce" => call.args.iter().all(whole),
            _ => functions::find(name).is_some_and(|function| {
                // A function that knows nothing of marks has them on its result, wherever they were.
                let marked = |(index, arg): (usize, &'d Expr)| match function.param(index) {
                    Some(param) if !param.marks => part(arg),
                    Some(_) => whole(arg),
                    None => false,
                };
                call.args.iter().enumerate().any(marked)
            }),
        }
    }

    fn parts(&self, parts: &'d [Part], depth: usize) -> bool {
        let whole = |expr: &'d Expr| self.holds(expr, Extent::Whole, depth + 1);
        depth <= MAX_DEPTH
            && parts.iter().any(|part| match part {
                Part::Literal(_) => false,
                Part::Interpolation(inner) => whole(inner),
                Part::If { condition, then, otherwise } => {
                    whole(condition) || self.parts(then, depth + 1) && self.parts(otherwise, depth + 1)
                }
                Part::For { collection, .. } => whole(collection),
            })
    }
}

fn is_named(item: &ObjectItem, name: &str) -> bool {
    match &item.key.kind {
        ExprKind::Variable(key) => &*key.name == name,
        ExprKind::String(key) => key.as_str() == name,
        _ => false,
    }
}
