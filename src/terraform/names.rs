//! What names mean within a module: the scope of its expressions.

use std::sync::Arc;

use super::evaluation::{Evaluation, invalid};
use super::instances::{Expansion, Repetition, Shape};
use super::module::Module;
use super::node::Cycle;
use super::resources::Built;
use super::scope::{Files, Scope};
use super::{ephemeral, undeclared};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Expr, ExprKind, Ident};
use crate::source::Span;
use crate::value::{Entries, Entry, Kind, Map, MapSort, Origin, Reason, Type, Unknown, Value};

/// The names that an expression of a module sees.
#[derive(Clone, Copy)]
pub(super) struct Names<'s> {
    evaluation: &'s Evaluation<'s>,
    module: &'s Module,
    repetition: Option<&'s Repetition>,
    iterators: Option<&'s Iterator<'s>>,
    prefix: &'s str,
}

/// The iterator of a `dynamic` block.
pub(super) struct Iterator<'s> {
    /// Its name.
    pub(super) name: &'s str,
    /// The object with `key` and `value`.
    pub(super) value: Value,
    /// What keeps this iteration apart from others.
    pub(super) prefix: String,
    /// The iterators of the blocks around it.
    pub(super) outer: Option<&'s Iterator<'s>>,
}

impl<'s> Names<'s> {
    /// The names of a module, outside any repeated block.
    pub(super) fn of(evaluation: &'s Evaluation<'s>, module: &'s Module) -> Self {
        Names { evaluation, module, repetition: None, iterators: None, prefix: &module.prefix }
    }

    /// The same within an instance of a repeated block.
    pub(super) fn repeated(self, repetition: &'s Repetition) -> Self {
        let prefix = if repetition.prefix.is_empty() { self.prefix } else { &repetition.prefix };
        Names { repetition: Some(repetition), prefix, ..self }
    }

    /// The same within a `dynamic` block.
    pub(super) fn iterating<'i>(self, iterator: &'i Iterator<'i>) -> Names<'i>
    where
        's: 'i,
    {
        Names { iterators: Some(iterator), prefix: &iterator.prefix, ..self }
    }

    /// The iterators of the `dynamic` blocks around.
    pub(super) fn iterators(&self) -> Option<&'s Iterator<'s>> {
        self.iterators
    }

    /// The evaluation that these names are part of.
    pub(super) fn evaluation(&self) -> &'s Evaluation<'s> {
        self.evaluation
    }

    /// The result of a node's computation; an error and an unknown value if it waits for itself or too many others.
    fn settle(&self, path: &[Ident], value: impl FnOnce() -> Result<Value, Cycle>) -> Value {
        let span = span_of(path);
        let problem = match self.evaluation.deeper(value) {
            Some(Ok(value)) => return value,
            Some(Err(Cycle)) => {
                Diagnostic::error(Code::Evaluation, format!("{} depends on itself", dotted(path)), span)
            }
            None => Diagnostic::error(Code::Limit, "too many values depend on each other in one chain", span),
        };
        self.evaluation.report(problem);
        invalid(span)
    }

    fn variable(&self, path: &[Ident]) -> Option<Value> {
        let index = self.module.directory.variables.get_index_of(&path.get(1)?.name)?;
        Some(self.settle(path, || self.module.variable(self.evaluation, index)))
    }

    fn local(&self, path: &[Ident]) -> Option<Value> {
        let index = self.module.directory.locals.get_index_of(&path.get(1)?.name)?;
        Some(self.settle(path, || self.module.local(self.evaluation, index)))
    }

    /// `module.name` or, of a module without `count` and `for_each`, `module.name.output`.
    fn output(&self, path: &[Ident], diagnostics: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let index = self.module.directory.modules.get_index_of(&path.get(1)?.name)?;
        let span = span_of(path);
        let called = match self.module.called(self.evaluation, index) {
            Ok(called) => called,
            Err(Cycle) => return Some((self.settle(&path[..2], || Err(Cycle)), 2)),
        };
        if called.modules.is_empty() && !called.expansion.instances.is_empty() {
            return Some((missing(&path[1].name, span), path.len().min(3)));
        }
        match (called.expansion.shape, called.modules.first(), path.get(2)) {
            (Shape::One, Some(module), Some(name)) => Some((self.output_of(*module, path, name, diagnostics), 3)),
            _ => {
                let whole = called.expansion.whole(span, &|index| self.outputs_of(called.modules[index], span));
                Some((whole, 2))
            }
        }
    }

    /// One output of a module instance.
    fn output_of(&self, module: usize, path: &[Ident], name: &Ident, diagnostics: &mut Vec<Diagnostic>) -> Value {
        let module = self.evaluation.module(module);
        match module.directory.outputs.get_index_of(&name.name) {
            Some(index) => self.settle(path, || module.output(self.evaluation, index)),
            None => {
                let message = format!("the module has no output \"{}\"", name.name);
                diagnostics.push(Diagnostic::error(Code::Evaluation, message, name.span));
                invalid(name.span)
            }
        }
    }

    /// All outputs of a module instance. One that waits for this very object is left unknown in it: what is read from
    /// the object is another one, or the cycle is reported where it closes.
    fn outputs_of(&self, module: usize, span: Span) -> Value {
        let module = self.evaluation.module(module);
        let outputs = module.directory.outputs.keys().enumerate().map(|(index, name)| {
            let value = match self.evaluation.deeper(|| module.output(self.evaluation, index)) {
                Some(Ok(value)) => value,
                _ => Value::unknown(Unknown::new(Reason::Depends(Arc::clone(name))), Origin::at(span)),
            };
            (Arc::clone(name), Entry::generated(value))
        });
        object(outputs.collect(), span)
    }

    /// A resource or data source as a whole.
    fn resource(&self, data: bool, path: &[Ident], type_at: usize) -> Option<(Value, usize)> {
        let (ty, name) = (path.get(type_at)?, path.get(type_at + 1)?);
        let index = self.module.directory.resource(data, &ty.name, &name.name)?;
        let covered = &path[..type_at + 2];
        let value = self.settle(covered, || {
            let resources = self.module.resources(self.evaluation, index)?;
            Ok(resources.expansion.whole(span_of(covered), &|index| resources.built[index].object()))
        });
        Some((value, covered.len()))
    }

    /// What stands for all instances of the resource that an expression refers to as a whole, if it is not known which
    /// instances there are.
    pub(super) fn representative(&self, expr: &Expr) -> Option<Value> {
        let (ExprKind::GetAttr(base, name), false) = (&expr.kind, self.iterators.is_some()) else { return None };
        let (data, ty) = match &base.kind {
            ExprKind::Variable(ty) => (false, ty),
            ExprKind::GetAttr(root, ty) => match &root.kind {
                ExprKind::Variable(root) if &*root.name == "data" => (true, ty),
                _ => return None,
            },
            _ => return None,
        };
        let index = self.module.directory.resource(data, &ty.name, &name.name)?;
        let resources = self.module.resources(self.evaluation, index).ok()?;
        let open = resources.expansion.shape == Shape::Open;
        resources.built.first().filter(|_| open).map(Built::object)
    }

    /// The value of a name that the module declares or Terraform gives.
    fn declared(&self, path: &[Ident], diagnostics: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let span = span_of(path);
        Some(match (&*path.first()?.name, path.get(1).map(|name| &*name.name)) {
            ("var", _) => (self.variable(path)?, 2),
            ("local", _) => (self.local(path)?, 2),
            ("module", _) => self.output(path, diagnostics)?,
            ("data", _) => self.resource(true, path, 1)?,
            ("resource", _) => self.resource(false, path, 1)?,
            ("each" | "count", _) => (self.repetition(path)?, 2),
            ("path", _) => (self.place(path)?, 2),
            ("terraform" | "tofu", Some("workspace")) => (Value::string("default").with_origin(Origin::at(span)), 2),
            ("terraform" | "tofu", Some("applying")) => {
                let unknown = Unknown::new(Reason::External(dotted(&path[..2]).into())).typed(Type::Bool);
                (Value::unknown(Unknown { not_null: true, ..unknown }, Origin::at(span)), 2)
            }
            ("ephemeral", Some(_)) => {
                let unknown = Unknown::new(Reason::External(dotted(path).into()));
                (Value::unknown(unknown, Origin::at(span)), path.len())
            }
            ("self" | "provider", Some(_)) => {
                let unknown = Unknown::new(Reason::Unsupported(dotted(path).into()));
                (Value::unknown(unknown, Origin::at(span)), path.len())
            }
            _ => self.resource(false, path, 0)?,
        })
    }

    /// One instance of a resource by its key.
    fn instance(&self, index: usize, path: &[Ident], key: &Value) -> Option<(Value, usize)> {
        let resources = self.module.resources(self.evaluation, index).ok()?;
        let built = resources.built.get(self.find(&resources.expansion, path, key)?)?;
        Some((built.object(), 0))
    }

    /// The index of the instance that `key` names. A block without `count` and `for_each` has no keys, but it is clear
    /// what is meant.
    fn find(&self, expansion: &Expansion, path: &[Ident], key: &Value) -> Option<usize> {
        if expansion.shape == Shape::One && !expansion.instances.is_empty() {
            let message = format!("{} has neither count nor for_each, so that there is no key to it", dotted(path));
            self.evaluation.report(Diagnostic::warning(Code::Evaluation, message, span_of(path)));
            return Some(0);
        }
        expansion.find(key)
    }

    fn repetition(&self, path: &[Ident]) -> Option<Value> {
        let repetition = self.repetition?;
        match (&*path[0].name, &*path.get(1)?.name) {
            ("count", "index") => repetition.count.clone(),
            ("each", "key") => repetition.each.as_ref().map(|(key, _)| key.clone()),
            ("each", "value") => repetition.each.as_ref().map(|(_, value)| value.clone()),
            _ => None,
        }
    }

    fn place(&self, path: &[Ident]) -> Option<Value> {
        let text = match &*path.get(1)?.name {
            "module" => self.evaluation.relative(&self.module.directory.path),
            "root" | "cwd" => ".".to_owned(),
            _ => return None,
        };
        Some(Value::string(text).with_origin(Origin::at(span_of(path))))
    }

    fn iterator(&self, name: &str) -> Option<Value> {
        let mut all = std::iter::successors(self.iterators, |iterator| iterator.outer);
        all.find(|iterator| iterator.name == name).map(|iterator| iterator.value.clone())
    }
}

impl Scope for Names<'_> {
    fn resolve(&self, path: &[Ident], diagnostics: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let root = path.first()?;
        if let Some(value) = self.iterator(&root.name) {
            return Some((value, 1));
        }
        self.declared(path, diagnostics).or_else(|| undeclared::reference(&self.module.directory, path, diagnostics))
    }

    fn resolve_instance(
        &self,
        path: &[Ident],
        key: &Value,
        rest: &[Ident],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Value, usize)> {
        if self.iterator(&path.first()?.name).is_some() {
            return None;
        }
        match path {
            [root, name] if &*root.name == "module" => {
                let index = self.module.directory.modules.get_index_of(&name.name)?;
                let called = self.module.called(self.evaluation, index).ok()?;
                let module = *called.modules.get(self.find(&called.expansion, path, key)?)?;
                match rest.first() {
                    Some(name) => Some((self.output_of(module, rest, name, diagnostics), 1)),
                    None => Some((self.outputs_of(module, span_of(path)), 0)),
                }
            }
            [root, ty, name] if matches!(&*root.name, "data" | "resource") => {
                let index = self.module.directory.resource(&*root.name == "data", &ty.name, &name.name)?;
                self.instance(index, path, key)
            }
            [ty, name] => self.instance(self.module.directory.resource(false, &ty.name, &name.name)?, path, key),
            _ => None,
        }
    }

    fn prefix(&self) -> &str {
        self.prefix
    }

    fn without_ephemeral(&self, expr: &Expr) -> Option<Value> {
        ephemeral::is_ephemeral(&self.module.directory, expr).then(|| Value::at(Kind::Null, expr.span))
    }

    fn files(&self) -> Option<Arc<dyn Files>> {
        self.evaluation.files()
    }
}

fn missing(module: &Arc<str>, span: Span) -> Value {
    Value::unknown(Unknown::new(Reason::MissingModule(Arc::clone(module))), Origin::at(span))
}

fn object(entries: Entries, span: Span) -> Value {
    Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), span)
}

/// From the first to the last of some names.
fn span_of(path: &[Ident]) -> Span {
    match path {
        [first, .., last] if first.span.file == last.span.file => first.span.to(last.span),
        [first, ..] => first.span,
        [] => Span::new(crate::source::FileId(0), 0, 0),
    }
}

fn dotted(path: &[Ident]) -> String {
    let names: Vec<&str> = path.iter().map(|ident| &*ident.name).collect();
    names.join(".")
}
