//! Keeps what a configuration names within its repository: whoever sends a pull request must not have other files of the
//! machine read, of which an error message could show a line.

use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::Boundary;
use crate::source::FileId;

/// Takes the paths out of a configuration that lead out of the repository around its `folder`, or out of the folder itself
/// outside of repositories. Each is a mistake in its `file`. The paths are as the file has them.
pub(super) fn confine(config: &mut Config, folder: &Path, file: FileId) -> Vec<Diagnostic> {
    let Ok(boundary) = Boundary::around(folder) else { return Vec::new() };
    let mut mistakes = Vec::new();
    let mut outside = |setting: &str, path: &Path, place: Option<&Spanned<PathBuf>>| {
        if boundary.holds(path) {
            return false;
        }
        let message = format!("`{setting}`: {} leads out of the repository, and is not read", path.display());
        let mut mistake = Diagnostic::new(Level::Error, Code::Configuration, message);
        mistake.file = Some(file);
        if let Some(place) = place {
            mistake = mistake.at(config::at(file, place));
        }
        mistakes.push(mistake.help("name it on the command line"));
        true
    };
    config.paths.retain(|path| !outside("paths", path, None));
    let lists = [
        ("extra-rules", &mut config.extra_rules),
        ("terraform.variable-files", &mut config.terraform.variable_files),
        ("cloudformation.parameter-files", &mut config.cloudformation.parameter_files),
    ];
    for (setting, paths) in lists {
        paths.retain(|path| !outside(setting, path.get_ref(), Some(path)));
    }
    config.baseline.take_if(|path| outside("baseline", path.get_ref(), Some(path)));
    mistakes
}
