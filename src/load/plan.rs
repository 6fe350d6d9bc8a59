//! Plans beside their configuration.

use std::path::Path;

use super::{Configuration, File};
use crate::resource::Unit;
use crate::terraform::{normalize, plan};

/// The plan with the places of the configuration that lies beside it.
///
/// A plan of all that the configuration declares says more than the configuration does: it takes its place, so that
/// nothing is judged twice.
pub(super) fn place(file: &File, unit: Unit, configurations: &mut Vec<Configuration>) -> Unit {
    let folder = normalize(file.source.path.parent().unwrap_or(Path::new("")));
    let Some(index) = configurations.iter().position(|configuration| configuration.root == folder) else {
        return unit;
    };
    let unit = plan::onto(unit, &configurations[index].unit);
    if plan::covers(&unit, &configurations[index].unit) {
        configurations.remove(index);
    }
    unit
}
