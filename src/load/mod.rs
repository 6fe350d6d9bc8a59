//! Paths to units: what every front end needs before it can judge, inspect or ask.
//!
//! Files are parsed in parallel and evaluated; what goes wrong with one of them is a diagnostic and leaves the others
//! alone.

mod policy;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use crate::cloudformation::{self, Parameters};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::iam::kind::PolicyKind;
use crate::parse::node::Node;
use crate::parse::{json, yaml};
use crate::resource::Unit;
use crate::source::{Source, Sources};

/// A file that was read, with its format.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: Arc<Source>,
    /// Its format.
    pub kind: Kind,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Terraform configuration or values of variables, in either notation.
    Terraform,
    /// A CloudFormation or SAM template.
    Template,
    /// `terraform show -json`.
    Plan,
    /// Policy documents.
    Policy,
}

/// Values from outside.
#[derive(Clone, Default)]
pub struct Inputs {
    /// Values of CloudFormation parameters, pseudo parameters included.
    pub parameters: Parameters,
    /// What sort of policy a policy file holds; inferred if `None`.
    pub policy_kind: Option<PolicyKind>,
}

/// What files evaluate to.
#[derive(Default)]
pub struct Evaluated {
    /// The units, in the order of the files.
    pub units: Vec<Unit>,
    /// What could not be parsed or evaluated.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and evaluates files.
pub fn evaluate(files: &[File], inputs: &Inputs, sources: &Sources) -> Evaluated {
    let _ = sources;
    let single: Vec<&File> = files.iter().filter(|file| file.kind != Kind::Terraform).collect();
    let results: Vec<(Option<Unit>, Vec<Diagnostic>)> =
        single.par_iter().map(|file| guarded(&file.source, || one(file, inputs))).collect();
    let mut evaluated = Evaluated::default();
    for (unit, mut diagnostics) in results {
        evaluated.units.extend(unit);
        evaluated.diagnostics.append(&mut diagnostics);
    }
    evaluated
}

/// Evaluates a file that stands for itself.
fn one(file: &File, inputs: &Inputs) -> (Option<Unit>, Vec<Diagnostic>) {
    let (documents, mut diagnostics) = match file.source.text.trim_start().starts_with(['{', '[']) {
        true => {
            let (node, diagnostics) = json::parse(&file.source);
            (vec![node], diagnostics)
        }
        false => yaml::parse(&file.source),
    };
    let Some(root) = documents.first() else { return (None, diagnostics) };
    let (unit, mut more) = match file.kind {
        Kind::Template => template(root, inputs),
        Kind::Policy => policy::unit(&file.source, root, inputs.policy_kind),
        Kind::Plan | Kind::Terraform => return (None, diagnostics),
    };
    diagnostics.append(&mut more);
    (Some(unit), diagnostics)
}

fn template(root: &Node, inputs: &Inputs) -> (Unit, Vec<Diagnostic>) {
    let inputs = cloudformation::Inputs { parameters: inputs.parameters.clone(), files: None };
    cloudformation::evaluate(root, &inputs)
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
