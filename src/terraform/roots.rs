//! Which of many directories are root modules, and what evaluates below each.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use super::call::local_source;
use super::digest::digest;
use super::evaluation::Evaluation;
use super::module::Module;
use super::request::{Request, normalize};
use super::{place, providers, variables};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::resource::{Format, Place, Resource, Unit};
use crate::value::Value;

/// One root module, evaluated with everything it calls.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The root module's directory.
    pub root: PathBuf,
    /// Its resources.
    pub unit: Unit,
    /// Outputs by address: `output.x`, `module.a.output.x`.
    pub outputs: Vec<(Arc<str>, Value)>,
    /// Local values by address: `local.x`, `module.a.local.x`.
    pub locals: Vec<(Arc<str>, Value)>,
    /// Whether there is a plan of all of it, which is to be judged in its place.
    pub planned: bool,
    /// The names of the root module's variables.
    pub variables: Vec<Arc<str>>,
}

/// Evaluates the root modules among the directories of a request, each with everything it calls, and hands each to
/// `then` as soon as it is there.
///
/// A directory that another one of them calls as a module is not a root: it is judged as its callers use it. The results
/// are in the order of the directories.
pub fn evaluate<T: Send>(request: &Request, then: &(dyn Fn(Evaluated) -> T + Sync)) -> (Vec<T>, Vec<Diagnostic>) {
    let roots = roots(request);
    let evaluated = in_parallel(roots.len(), |index| guarded(request, &roots[index], then));
    let (mut all, mut diagnostics) = (Vec::with_capacity(evaluated.len()), Vec::new());
    let mut seen = FxHashSet::default();
    for (one, problems) in evaluated {
        all.extend(one);
        // A module that two roots call has its defects once.
        diagnostics.extend(problems.into_iter().filter(|problem| match problem.span {
            Some(span) => seen.insert((span, problem.message.clone())),
            None => true,
        }));
    }
    (all, digest(diagnostics))
}

/// As [`evaluate_root`]; a failure of the program becomes a diagnostic and leaves other roots alone.
fn guarded<T>(request: &Request, root: &Path, then: &dyn Fn(Evaluated) -> T) -> (Option<T>, Vec<Diagnostic>) {
    let work = || {
        let (evaluated, diagnostics) = evaluate_root(request, root)?;
        request.loader.release(root);
        Some((then(evaluated), diagnostics))
    };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Some((result, diagnostics))) => (Some(result), diagnostics),
        Ok(None) => (None, Vec::new()),
        Err(_) => {
            let message = "sealint failed on this configuration: please report it";
            let mut diagnostic = Diagnostic::new(Level::Error, Code::Evaluation, message);
            diagnostic.path = Some(root.to_owned());
            (None, vec![diagnostic])
        }
    }
}

/// The stack of an evaluating thread, in bytes. Names that wait for each other and the nesting of their expressions are
/// bounded; this is what the deepest of both takes. Pages that are not used cost nothing.
const STACK: usize = 256 << 20;

/// What `evaluate` gives for each of `0..count`, in this order, on as many threads as there are processors.
fn in_parallel<T: Send>(count: usize, evaluate: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || -> Vec<(usize, T)> {
        let indexes = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        indexes.take_while(|index| *index < count).map(|index| (index, evaluate(index))).collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(count);
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let spawn = |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let workers: Vec<_> = (0..threads).filter_map(spawn).collect();
        // Where no thread can be had the work is done here.
        let own = if workers.is_empty() { work() } else { Vec::new() };
        let done = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.flatten().chain(own).collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The directories that no other directory calls. Of directories that call each other in a circle the first is one.
fn roots(request: &Request) -> Vec<PathBuf> {
    let index: FxHashMap<&Path, usize> =
        request.directories.iter().enumerate().map(|(index, path)| (path.as_path(), index)).collect();
    let calls: Vec<Vec<usize>> = request.directories.iter().map(|path| called(request, path, &index)).collect();
    let below: FxHashSet<usize> = calls.iter().flatten().copied().collect();
    let mut reached = vec![false; calls.len()];
    let mut roots: Vec<usize> = (0..calls.len()).filter(|directory| !below.contains(directory)).collect();
    roots.iter().for_each(|root| reach(*root, &calls, &mut reached));
    for directory in 0..calls.len() {
        if !reached[directory] {
            reach(directory, &calls, &mut reached);
            roots.push(directory);
        }
    }
    roots.into_iter().map(|root| request.directories[root].clone()).collect()
}

/// The other directories that the directory at `path` calls.
fn called(request: &Request, path: &Path, index: &FxHashMap<&Path, usize>) -> Vec<usize> {
    if !request.loader.may_call(path) {
        return Vec::new();
    }
    let Some(directory) = request.loader.directory(path) else { return Vec::new() };
    let paths = directory.calls().filter_map(local_source).map(|source| normalize(&path.join(source)));
    paths.filter(|called| called != path).filter_map(|called| index.get(called.as_path()).copied()).collect()
}

/// Enters `start` and all that is called from there.
fn reach(start: usize, calls: &[Vec<usize>], reached: &mut [bool]) {
    let mut open = vec![start];
    while let Some(directory) = open.pop() {
        if !std::mem::replace(&mut reached[directory], true) {
            open.extend(&calls[directory]);
        }
    }
}

/// Evaluates one root module; `None` if there is no configuration at that path.
pub fn evaluate_root(request: &Request, root: &Path) -> Option<(Evaluated, Vec<Diagnostic>)> {
    let directory = request.loader.directory(root).filter(|directory| !directory.is_empty())?;
    let evaluation = Evaluation::new(request.loader, request.inputs, root);
    let mut evaluated = Evaluated {
        root: root.to_owned(),
        unit: Unit {
            format: Format::Terraform,
            files: Vec::new(),
            resources: Vec::new(),
            constraints: Vec::new(),
            place: Place::default(),
        },
        outputs: Vec::new(),
        locals: Vec::new(),
        planned: false,
        variables: directory.variables.keys().cloned().collect(),
    };
    let index = evaluation.add(|index| Module::root(index, directory));
    gather(&evaluation, index, &mut evaluated);
    evaluated.unit.place = place::of(&evaluated.unit.resources);
    let directories = evaluation.directories();
    let files = directories.iter().flat_map(|directory| directory.files.iter().chain(&directory.values));
    evaluated.unit.files = files.map(|file| file.source.id).collect();
    Some((evaluated, evaluation.diagnostics()))
}

/// Evaluates everything in a module and below it.
fn gather(evaluation: &Evaluation, index: usize, evaluated: &mut Evaluated) {
    let module = evaluation.module(index);
    let directory = Arc::clone(&module.directory);
    // Nothing waits for anything here, so no node can be in a cycle with its asker.
    for variable in 0..directory.variables.len() {
        if let Ok(value) = module.variable(evaluation, variable) {
            variables::check(evaluation, &module, variable, &value);
        }
    }
    for (local, name) in directory.locals.keys().enumerate() {
        if let Ok(value) = module.local(evaluation, local) {
            evaluated.locals.push((module.address_of(&format!("local.{name}")), value));
        }
    }
    for resource in 0..directory.resources.len() {
        if let Ok(resources) = module.resources(evaluation, resource) {
            let built = resources.built.iter().map(|built| -> Resource { built.resource.clone() });
            evaluated.unit.resources.extend(built);
        }
    }
    evaluated.unit.resources.extend(providers::evaluate(evaluation, &module));
    for call in 0..directory.modules.len() {
        if let Ok(called) = module.called(evaluation, call) {
            called.modules.iter().for_each(|module| gather(evaluation, *module, evaluated));
        }
    }
    for (output, name) in directory.outputs.keys().enumerate() {
        if let Ok(value) = module.output(evaluation, output) {
            evaluated.outputs.push((module.address_of(&format!("output.{name}")), value));
        }
    }
}
