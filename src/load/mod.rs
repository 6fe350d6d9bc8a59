//! Paths to units: what every front end needs before it can judge, inspect or ask.
//!
//! Files are parsed in parallel and evaluated; what goes wrong with one of them is a diagnostic and leaves the others
//! alone.

mod declared;
mod documents;
mod plan;
mod policy;
mod templates;
mod terraform;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::cloudformation::{self, Parameters};
use crate::diagnostic::{Code, Diagnostic, Level};
pub use crate::discover::{File, Kind};
use crate::files::Files;
use crate::iam::kind::PolicyKind;
use crate::parallel;
use crate::parse::node::Node;
use crate::parse::{json, template};
use crate::resource::Unit;
use crate::source::Source;
use crate::terraform::{self as tf, Evaluated as Configuration, Inputs as TerraformInputs};
pub use declared::Declared;
pub use terraform::parse as parse_terraform;

/// Access to files that evaluation asks for: modules elsewhere, included snippets, files that functions read.
pub trait Disk: Sync {
    /// The Terraform files of a folder, with what could not be read.
    fn terraform_folder(&self, folder: &Path) -> (Vec<File>, Vec<Diagnostic>);

    /// A file if it is there, with why it could not be read.
    fn read(&self, path: &Path) -> (Option<Arc<Source>>, Vec<Diagnostic>);

    /// Confined access for what is evaluated in `folder`.
    fn files(&self, folder: &Path) -> Option<Arc<dyn Files>>;
}

/// Values from outside.
#[derive(Clone, Default)]
pub struct Inputs {
    /// Values of Terraform variables.
    pub terraform: TerraformInputs,
    /// Values of CloudFormation parameters, pseudo parameters included.
    pub parameters: Parameters,
    /// Where the Terraform configuration of plans lies; beside each plan if `None`.
    pub config_dir: Option<PathBuf>,
    /// What sort of policy a policy file holds; inferred if `None`.
    pub policy_kind: Option<PolicyKind>,
    /// The variables that were given a value each on its own, and are expected to be declared somewhere.
    pub named_variables: Vec<Box<str>>,
    /// The parameters of which that is so.
    pub named_parameters: Vec<Box<str>>,
    /// What was declared by what was read.
    pub declared: Arc<Declared>,
}

/// What files evaluate to.
#[derive(Default)]
pub struct Evaluated {
    /// The Terraform configurations, one for each root module.
    pub terraform: Vec<Configuration>,
    /// The units of templates, plans and policy files, in the order of the files.
    pub others: Vec<Unit>,
    /// What could not be parsed or evaluated.
    pub diagnostics: Vec<Diagnostic>,
}

impl Evaluated {
    /// All units, without configurations whose plan says more.
    pub fn units(&self) -> Vec<&Unit> {
        let configurations = self.terraform.iter().filter(|configuration| !configuration.planned);
        configurations.map(|configuration| &configuration.unit).chain(&self.others).collect()
    }
}

/// Parses and evaluates files. Without `disk` nothing but `files` is read.
pub fn evaluate(files: &[File], inputs: &Inputs, disk: Option<&dyn Disk>) -> Evaluated {
    let (configuration, single): (Vec<&File>, Vec<&File>) = files.iter().partition(|file| file.kind == Kind::Terraform);
    let (terraform, diagnostics) = terraform::evaluate(&configuration, &inputs.terraform, disk, &|evaluated| evaluated);
    terraform.iter().for_each(|configuration| inputs.note_variables(&configuration.variables));
    let mut evaluated = Evaluated { terraform, others: Vec::new(), diagnostics };
    let (others, mut problems) = stand_alone(&single, inputs, disk, &mut evaluated.terraform);
    evaluated.terraform.iter_mut().for_each(|configuration| documents::add(&mut configuration.unit));
    evaluated.others = others;
    evaluated.diagnostics.append(&mut problems);
    evaluated
}

/// What a file evaluates to by itself, with what could not be parsed or evaluated.
type Loaded = (Option<Unit>, Vec<Diagnostic>);

/// Parses and evaluates files and does `work` on each unit. Configurations are not kept, so that memory does not grow
/// with what was read.
pub fn each<T: Send>(
    files: &[File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    work: &(dyn Fn(&Unit) -> T + Sync),
) -> (Vec<T>, Vec<Diagnostic>) {
    let (configuration, single): (Vec<&File>, Vec<&File>) = files.iter().partition(|file| file.kind == Kind::Terraform);
    let plans: FxHashSet<PathBuf> =
        single.iter().filter(|file| file.kind == Kind::Plan).map(|file| plan::folder(file, inputs)).collect();
    let (configured, mut diagnostics) =
        terraform::evaluate(&configuration, &inputs.terraform, disk, &|mut configuration| {
            inputs.note_variables(&configuration.variables);
            // Whether a plan takes its place is known only when both are there.
            match plans.contains(&configuration.root) {
                true => Err(Box::new(configuration)),
                false => {
                    documents::add(&mut configuration.unit);
                    Ok(work(&configuration.unit))
                }
            }
        });
    let (mut results, mut planned) = (Vec::with_capacity(configured.len()), Vec::new());
    for one in configured {
        match one {
            Ok(result) => results.push(result),
            Err(configuration) => planned.push(*configuration),
        }
    }
    let (others, mut problems) = stand_alone(&single, inputs, disk, &mut planned);
    diagnostics.append(&mut problems);
    planned.iter_mut().for_each(|configuration| documents::add(&mut configuration.unit));
    let unplanned = planned.iter().filter(|configuration| !configuration.planned);
    let units: Vec<&Unit> = unplanned.map(|configuration| &configuration.unit).chain(&others).collect();
    results.extend(parallel::map(&units, |unit| work(unit)));
    (results, diagnostics)
}

/// The units of files that stand for themselves; plans with the places of the configurations beside them.
fn stand_alone(
    files: &[&File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    configurations: &mut [Configuration],
) -> (Vec<Unit>, Vec<Diagnostic>) {
    let loaded: Vec<Loaded> = parallel::map(files, |file| guarded(&file.source, || one(file, inputs, disk)));
    let (mut units, mut diagnostics) = (Vec::new(), Vec::new());
    for (file, (unit, mut problems)) in files.iter().zip(templates::outermost(files, loaded)) {
        units.extend(match (file.kind, unit) {
            (Kind::Plan, Some(unit)) => {
                let (unit, mut more) = plan::place(file, unit, configurations, inputs, disk);
                problems.append(&mut more);
                Some(unit)
            }
            (_, unit) => unit,
        });
        diagnostics.append(&mut problems);
    }
    (units, diagnostics)
}

/// Evaluates a file that stands for itself.
fn one(file: &File, inputs: &Inputs, disk: Option<&dyn Disk>) -> Loaded {
    let (root, mut diagnostics) = match file.kind {
        Kind::Plan => json::parse(&file.source),
        _ => template::parse(&file.source),
    };
    let (unit, mut more) = match file.kind {
        Kind::Template => {
            let parameters = root.get("Parameters").map(Node::entries).unwrap_or_default();
            inputs.note_parameters(parameters.iter().map(|entry| entry.key.as_str()));
            let folder = file.source.path.parent().unwrap_or(Path::new(""));
            let files = disk.and_then(|disk| disk.files(folder));
            let inputs = cloudformation::Inputs { parameters: inputs.parameters.clone(), files };
            cloudformation::evaluate(&root, &inputs)
        }
        Kind::Policy => policy::unit(&file.source, &root, inputs.policy_kind),
        Kind::Plan => tf::plan::evaluate(&root, file.source.id),
        Kind::Terraform => return (None, diagnostics),
    };
    diagnostics.append(&mut more);
    (Some(unit), diagnostics)
}

/// Runs the work on one file; a failure of the program becomes a diagnostic of that file.
fn guarded<T: Default>(source: &Source, work: impl FnOnce() -> (T, Vec<Diagnostic>)) -> (T, Vec<Diagnostic>) {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = "sealint failed on this file: please report it";
        let mut diagnostic = Diagnostic::new(Level::Error, Code::Unreadable, message);
        diagnostic.file = Some(source.id);
        (T::default(), vec![diagnostic])
    })
}
