//! One instance of a module: its names and their values, computed when they are asked for.

use std::rc::Rc;
use std::sync::Arc;

use super::address;
use super::call::{self, Called};
use super::directory::{Directory, Place};
use super::evaluation::Evaluation;
use super::instances::Repetition;
use super::names::Names;
use super::node::{Cycle, Node, nodes};
use super::resources::{self, Resources};
use super::variables;
use crate::resource::Call;
use crate::value::{Condition, HopKind, Value};

/// A module instance.
pub(super) struct Module {
    /// Its index in the evaluation.
    pub(super) index: usize,
    /// Its address; empty for the root module.
    pub(super) address: Arc<str>,
    /// What keeps its conditions apart from those of other modules.
    pub(super) prefix: String,
    /// The names of the calls that lead to it, joined by dots, as `modules.json` has them.
    pub(super) key: String,
    /// Its configuration.
    pub(super) directory: Arc<Directory>,
    /// What calls it; `None` for the root module.
    pub(super) site: Option<Site>,
    /// The calls that lead to it, outermost first.
    pub(super) calls: Vec<Call>,
    /// When it exists.
    pub(super) exists: Condition,
    variables: Vec<Node<Value>>,
    locals: Vec<Node<Value>>,
    outputs: Vec<Node<Value>>,
    resources: Vec<Node<Rc<Resources>>>,
    modules: Vec<Node<Rc<Called>>>,
}

/// Where a module is called.
pub(super) struct Site {
    /// The index of the calling module.
    pub(super) caller: usize,
    /// The `module` block in the caller's directory.
    pub(super) block: Place,
    /// What `each` and `count` are in the call's arguments.
    pub(super) repetition: Repetition,
}

impl Module {
    /// The root module.
    pub(super) fn root(index: usize, directory: Arc<Directory>) -> Self {
        Module::new(index, "".into(), String::new(), directory, None, Vec::new(), Condition::Constant(true))
    }

    /// A module instance of which nothing is evaluated yet.
    pub(super) fn new(
        index: usize,
        address: Arc<str>,
        key: String,
        directory: Arc<Directory>,
        site: Option<Site>,
        calls: Vec<Call>,
        exists: Condition,
    ) -> Self {
        Module {
            index,
            prefix: if address.is_empty() { String::new() } else { format!("{address}.") },
            address,
            key,
            site,
            calls,
            exists,
            variables: nodes(directory.variables.len()),
            locals: nodes(directory.locals.len()),
            outputs: nodes(directory.outputs.len()),
            resources: nodes(directory.resources.len()),
            modules: nodes(directory.modules.len()),
            directory,
        }
    }

    /// The address of something in this module.
    pub(super) fn address_of(&self, name: &str) -> Arc<str> {
        address::instance(&self.address, name, &address::Key::None)
    }

    /// The value of a variable, by its index.
    pub(super) fn variable(&self, evaluation: &Evaluation, index: usize) -> Result<Value, Cycle> {
        self.variables[index].get(|| variables::value(evaluation, self, index))
    }

    /// A local value, by its index.
    pub(super) fn local(&self, evaluation: &Evaluation, index: usize) -> Result<Value, Cycle> {
        let attribute = self.directory.local(self.directory.locals[index]);
        self.locals[index].get(|| evaluation.value(&attribute.expr, &Names::of(evaluation, self)))
    }

    /// The value of an output, by its index.
    pub(super) fn output(&self, evaluation: &Evaluation, index: usize) -> Result<Value, Cycle> {
        self.outputs[index].get(|| {
            let block = self.directory.block(self.directory.outputs[index]);
            let Some(attribute) = block.body.attribute("value") else { return Value::null() };
            let names = Names::of(evaluation, self);
            let value = evaluation.value(&attribute.expr, &names);
            let sensitive = block.body.attribute("sensitive").map(|flag| evaluation.value(&flag.expr, &names));
            let name = block.labels.first().map(|label| Arc::clone(&label.name)).unwrap_or_default();
            let origin = value.origin.hop(attribute.expr.span, HopKind::Output(name));
            value.with_origin(origin).mark(sensitive.and_then(|flag| flag.as_bool()) == Some(true))
        })
    }

    /// The instances of a resource or data source, by its index.
    pub(super) fn resources(&self, evaluation: &Evaluation, index: usize) -> Result<Rc<Resources>, Cycle> {
        self.resources[index].get(|| Rc::new(resources::evaluate(evaluation, self, index)))
    }

    /// The instances of a called module, by the call's index.
    pub(super) fn called(&self, evaluation: &Evaluation, index: usize) -> Result<Rc<Called>, Cycle> {
        let (name, place) = self.directory.modules.get_index(index).ok_or(Cycle)?;
        self.modules[index].get(|| Rc::new(call::enter(evaluation, self, name, *place)))
    }
}
