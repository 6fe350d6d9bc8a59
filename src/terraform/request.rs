//! What an evaluation is given, and where it gets modules from.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::directory::{ConfigFile, Directory};
use super::scope::Files;
use crate::parse::node::Node;
use crate::source::Source;

/// What to evaluate.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The directories that were found, as normalised paths (see [`normalize`]).
    pub directories: &'a [PathBuf],
    /// Access to these and other directories.
    pub loader: &'a dyn Loader,
    /// The values of root variables from outside.
    pub inputs: &'a Inputs,
}

/// Gives parsed directories. Reading and its confinement are the implementer's business.
pub trait Loader: Sync {
    /// The directory at a normalised path. `None`: there is none, or it must not be read.
    fn directory(&self, path: &Path) -> Option<Arc<Directory>>;

    /// Whether the directory at a path may call modules. `false` spares loading it before its turn comes.
    fn may_call(&self, _path: &Path) -> bool {
        true
    }

    /// Says that a directory will hardly be asked for again.
    fn release(&self, _path: &Path) {}

    /// What `terraform init` has installed for the root module at `root`.
    fn installed(&self, root: &Path) -> Arc<[Installed]>;

    /// The files that the configuration with this root module may read; relative paths start at `root`.
    fn files(&self, root: &Path) -> Option<Arc<dyn Files>>;
}

/// Values of root variables that do not stand in the root module's own files.
#[derive(Clone, Default, Debug)]
pub struct Inputs {
    /// Values from the environment (`TF_VAR_x`), the weakest of all.
    pub environment: Vec<Assignment>,
    /// Variable-values files that were named; later ones win over earlier ones.
    pub files: Vec<ConfigFile>,
    /// Single values that were named; they win over files, later ones over earlier ones.
    pub assignments: Vec<Assignment>,
}

/// `name=text` from a command line or the environment.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The variable's name.
    pub name: Arc<str>,
    /// The text: of a string variable the value itself, otherwise an expression.
    pub text: Arc<Source>,
}

/// One entry of `.terraform/modules/modules.json`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Installed {
    /// The calls that lead to the module, joined by dots.
    pub key: Arc<str>,
    /// Its directory, relative to the root module.
    pub directory: PathBuf,
}

impl Installed {
    /// The entries of a parsed `modules.json`; what has another shape is left out.
    pub fn list(manifest: &Node) -> Vec<Installed> {
        let modules = manifest.get("Modules").map(Node::items).unwrap_or_default();
        let entries = modules.iter().filter_map(|module| {
            let key = module.get("Key")?.as_str()?;
            let directory = module.get("Dir")?.as_str()?;
            Some(Installed { key: key.into(), directory: PathBuf::from(directory.replace('\\', "/")) })
        });
        entries.collect()
    }
}

/// The path without `.` and, as far as names can tell, without `..`; `.` for the empty path.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match normal.components().next_back() {
                Some(Component::Normal(_)) => drop(normal.pop()),
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => normal.push(".."),
            },
            other => normal.push(other),
        }
    }
    if normal.as_os_str().is_empty() { PathBuf::from(".") } else { normal }
}
