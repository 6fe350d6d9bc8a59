//! Plans with the configuration that they were made from.

use std::path::{Path, PathBuf};

use super::{Configuration, Disk, File, Inputs, terraform};
use crate::diagnostic::{Diagnostic, Level};
use crate::resource::Unit;
use crate::terraform::{normalize, plan};

/// The folder in which the configuration of a plan lies.
pub(super) fn folder(file: &File, inputs: &Inputs) -> PathBuf {
    let beside = || file.source.path.parent().unwrap_or(Path::new(""));
    normalize(inputs.config_dir.as_deref().unwrap_or_else(beside))
}

/// The plan with the places of its configuration, which lies beside it or where the inputs say.
///
/// A plan of all that the configuration declares says more than the configuration does: it takes its place, so that
/// nothing is judged twice. A configuration that is not among the scanned ones is read for its places alone.
pub(super) fn place(
    file: &File,
    unit: Unit,
    configurations: &mut [Configuration],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
) -> (Unit, Vec<Diagnostic>) {
    let folder = folder(file, inputs);
    if let Some(configuration) = configurations.iter_mut().find(|configuration| configuration.root == folder) {
        let unit = plan::onto(unit, &configuration.unit);
        configuration.planned |= plan::covers(&unit, &configuration.unit);
        return (unit, Vec::new());
    }
    let Some(disk) = disk else { return (unit, Vec::new()) };
    let (configuration, mut diagnostics) = terraform::evaluate_folder(&folder, &inputs.terraform, disk);
    // The plan is judged whatever is wrong with the configuration; only its places are missing.
    diagnostics.retain(|diagnostic| diagnostic.level == Level::Error);
    diagnostics.iter_mut().for_each(|diagnostic| diagnostic.level = Level::Warning);
    match configuration {
        Some(configuration) => (plan::onto(unit, &configuration.unit), diagnostics),
        None => (unit, diagnostics),
    }
}
