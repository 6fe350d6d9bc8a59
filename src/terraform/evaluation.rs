//! One root module with everything it calls, while it is evaluated.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::directory::Directory;
use super::expr;
use super::module::Module;
use super::request::{Inputs, Installed, Loader, normalize};
use super::scope::{Files, Scope};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parse::hcl::ast::Expr;
use crate::source::Span;
use crate::value::{Kind, Origin, Reason, Unknown, Value};

/// The most instances of resources, modules and dynamic blocks below one root module.
pub(super) const MAX_INSTANCES: usize = 10_000;

/// The most module calls within each other.
pub(super) const MAX_MODULE_DEPTH: usize = 32;

/// The most names (locals, variables, outputs, resources) whose values wait for each other.
const MAX_CHAIN: usize = 256;

/// The deepest that lists and mappings may be nested in one value: each name may add a level to the one before.
const MAX_NESTING: usize = 512;

/// The state of an evaluation. All results are kept in the modules' nodes.
pub(super) struct Evaluation<'r> {
    pub(super) loader: &'r dyn Loader,
    pub(super) inputs: &'r Inputs,
    pub(super) root: PathBuf,
    installed: OnceCell<Arc<[Installed]>>,
    files: OnceCell<Option<Arc<dyn Files>>>,
    modules: RefCell<Vec<Rc<Module>>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    instances: Cell<usize>,
    chain: Cell<usize>,
}

impl<'r> Evaluation<'r> {
    /// An evaluation of the module at `root`.
    pub(super) fn new(loader: &'r dyn Loader, inputs: &'r Inputs, root: &Path) -> Self {
        Evaluation {
            loader,
            inputs,
            root: root.to_owned(),
            installed: OnceCell::new(),
            files: OnceCell::new(),
            modules: RefCell::default(),
            diagnostics: RefCell::default(),
            instances: Cell::new(0),
            chain: Cell::new(0),
        }
    }

    /// What `terraform init` has installed. Asking the disk waits until a call needs it.
    pub(super) fn installed(&self) -> &[Installed] {
        self.installed.get_or_init(|| self.loader.installed(&self.root))
    }

    /// The files that functions may read. Asking the disk waits until a function needs them.
    pub(super) fn files(&self) -> Option<Arc<dyn Files>> {
        self.files.get_or_init(|| self.loader.files(&self.root)).clone()
    }

    /// Enters a module; returns its index.
    pub(super) fn add(&self, module: impl FnOnce(usize) -> Module) -> usize {
        let index = self.modules.borrow().len();
        let module = Rc::new(module(index));
        self.modules.borrow_mut().push(module);
        index
    }

    /// The module at an index that [`Evaluation::add`] returned.
    pub(super) fn module(&self, index: usize) -> Rc<Module> {
        Rc::clone(&self.modules.borrow()[index])
    }

    /// The directories of all modules entered so far, each once.
    pub(super) fn directories(&self) -> Vec<Arc<Directory>> {
        let mut seen = FxHashSet::default();
        let modules = self.modules.borrow();
        let all = modules.iter().map(|module| &module.directory);
        all.filter(|directory| seen.insert(Arc::as_ptr(directory))).cloned().collect()
    }

    /// The directory at `path` as seen from the module in `from`.
    pub(super) fn directory(&self, from: &Path, path: &Path) -> Option<Arc<Directory>> {
        self.loader.directory(&normalize(&from.join(path)))
    }

    /// A directory as seen from the root module, as `path.module` has it.
    pub(super) fn relative(&self, path: &Path) -> String {
        let mut root = self.root.components().peekable();
        let mut path = path.components().peekable();
        while root.peek().is_some() && root.peek() == path.peek() {
            root.next();
            path.next();
        }
        let up = root.filter(|part| matches!(part, Component::Normal(_))).map(|_| Component::ParentDir);
        normalize(&up.chain(path).collect::<PathBuf>()).to_string_lossy().replace('\\', "/")
    }

    /// Reports something once the evaluation is done.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// What was reported, without repetitions: a module that is called twice has each of its defects once.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut seen = FxHashSet::default();
        let mut all = self.diagnostics.take();
        all.retain(|diagnostic| match diagnostic.span {
            Some(span) => seen.insert((span, diagnostic.message.clone())),
            None => true,
        });
        all
    }

    /// The value of an expression, with its problems reported: an expression in error leaves one value unknown and all
    /// others as they are, so it is a warning.
    pub(super) fn value(&self, expr: &Expr, scope: &dyn Scope) -> Value {
        let mut diagnostics = Vec::new();
        let value = expr::evaluate(expr, scope, &mut diagnostics);
        for mut diagnostic in diagnostics {
            if matches!(diagnostic.code, Code::Evaluation | Code::Undeclared) {
                diagnostic.level = Level::Warning;
            }
            self.report(diagnostic);
        }
        if nests_beyond(&value, MAX_NESTING) {
            let message = format!("this value is nested more than {MAX_NESTING} deep");
            self.report(Diagnostic::error(Code::Limit, message, expr.span));
            return invalid(expr.span);
        }
        value
    }

    /// Takes `wanted` instances from what is left; `false` and a report at `span` if that is too many.
    pub(super) fn take(&self, wanted: usize, what: &str, span: Span) -> bool {
        let taken = self.instances.get().saturating_add(wanted);
        if taken > MAX_INSTANCES {
            let message = format!("this {what} makes more than {MAX_INSTANCES} instances below one root module");
            self.report(
                Diagnostic::error(Code::Limit, message, span)
                    .help("one instance is evaluated in the place of all of them"),
            );
            return false;
        }
        self.instances.set(taken);
        true
    }

    /// Runs `compute`, unless too many names already wait for each other.
    pub(super) fn deeper<T>(&self, compute: impl FnOnce() -> T) -> Option<T> {
        let chain = self.chain.get();
        if chain >= MAX_CHAIN {
            return None;
        }
        self.chain.set(chain + 1);
        let result = compute();
        self.chain.set(chain);
        Some(result)
    }
}

/// Whether containers in a value are nested deeper than `limit`.
fn nests_beyond(value: &Value, limit: usize) -> bool {
    let Some(left) = limit.checked_sub(1) else { return true };
    match &value.kind {
        Kind::List(list) => list.items.iter().any(|item| nests_beyond(item, left)),
        Kind::Map(map) => map.entries.values().any(|entry| nests_beyond(&entry.value, left)),
        _ => false,
    }
}

/// An unknown value at the place of a problem that was reported.
pub(super) fn invalid(span: Span) -> Value {
    Value::unknown(Unknown::new(Reason::Invalid), Origin::at(span))
}
