//! Plans beside their configuration.

use std::path::{Path, PathBuf};

use super::{Configuration, File};
use crate::resource::Unit;
use crate::terraform::{normalize, plan};

/// The folder in which the configuration of a plan is looked for.
pub(super) fn folder(file: &File) -> PathBuf {
    normalize(file.source.path.parent().unwrap_or(Path::new("")))
}

/// The plan with the places of the configuration that lies beside it.
///
/// A plan of all that the configuration declares says more than the configuration does: it takes its place, so that
/// nothing is judged twice.
pub(super) fn place(file: &File, unit: Unit, configurations: &mut [Configuration]) -> Unit {
    let folder = folder(file);
    let Some(configuration) = configurations.iter_mut().find(|configuration| configuration.root == folder) else {
        return unit;
    };
    let unit = plan::onto(unit, &configuration.unit);
    configuration.planned |= plan::covers(&unit, &configuration.unit);
    unit
}
