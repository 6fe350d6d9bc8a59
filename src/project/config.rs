//! Finds and reads `sealint.toml`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::failure;
use crate::base::Base;
use crate::config::{self, Config, FILE_NAME};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};

/// A configuration with where it was read from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// The file, if there is one.
    pub file: Option<FileId>,
    /// The folder that its patterns are relative to.
    pub folder: PathBuf,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the configuration file at `path`; the default without one.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: Option<&Path>, sources: &Sources) -> io::Result<Loaded> {
    let Some(path) = path else { return Ok(Loaded::default()) };
    let text =
        std::fs::read_to_string(path).map_err(|error| failure(format!("cannot read {}: {error}", path.display())))?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let source = sources.add(path, text);
    let (mut config, diagnostics) = config::parse(&source);
    config.resolve(&folder);
    Ok(Loaded { config, file: Some(source.id), folder, diagnostics })
}

/// The nearest `sealint.toml` from the folder that holds all paths up to the root of its repository; outside of a
/// repository, up to the working directory. A path below the working directory stays relative to it.
pub fn find(paths: &[PathBuf]) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let folders: BTreeSet<PathBuf> = paths.iter().filter_map(|path| folder(path)).collect();
    let start = folders.into_iter().reduce(|a, b| common(&a, &b)).unwrap_or_else(|| here.clone());
    let in_repository = start.ancestors().any(|folder| folder.join(".git").exists());
    for folder in start.ancestors() {
        let candidate = folder.join(FILE_NAME);
        if candidate.is_file() {
            return Some(candidate.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(candidate));
        }
        let last =
            if in_repository { folder.join(".git").exists() } else { folder == here || !folder.starts_with(&here) };
        if last {
            return None;
        }
    }
    None
}

/// The root of the repository that all paths lie in: that of the working directory, or else the innermost one.
pub fn repository(paths: &[PathBuf]) -> Option<PathBuf> {
    let root = |folder: &Path| folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    let here = std::env::current_dir().ok()?;
    let base = Base::new(&here, &here);
    let folders: Vec<PathBuf> = paths.iter().filter_map(|path| folder(&base.absolute(path))).collect();
    let around = root(&here).filter(|root| folders.iter().all(|folder| folder.starts_with(root)));
    around.or_else(|| root(&folders.into_iter().reduce(|a, b| common(&a, &b))?))
}

/// The folder itself, or that of a file; absolute.
fn folder(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    if absolute.is_dir() { Some(absolute) } else { absolute.parent().map(Path::to_path_buf) }
}

/// The innermost folder that holds both.
fn common(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}
