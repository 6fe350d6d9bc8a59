//! Finds and reads `sealint.toml`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::confine::confine;
use super::failure;
use crate::config::{self, Config, FILE_NAME};
use crate::diagnostic::Diagnostic;
use crate::discover::{self, Boundary};
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
    let source = discover::read(path, sources)
        .map_err(|problem| failure(format!("cannot read {}: {}", path.display(), problem.message)))?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let (mut config, mut diagnostics) = config::parse(&source);
    diagnostics.append(&mut confine(&mut config, &folder, source.id));
    config.resolve(&folder);
    Ok(Loaded { config, file: Some(source.id), folder, diagnostics })
}

/// The file that [`find`] finds, if it is the repository's own.
///
/// # Errors
/// When it is a symbolic link that leads out of the repository: nobody named it, and what is wrong in it would be shown.
pub fn find_own(paths: &[PathBuf]) -> io::Result<Option<PathBuf>> {
    let Some(found) = find(paths) else { return Ok(None) };
    let (folder, name) = (found.parent().unwrap_or(Path::new("")), found.file_name().unwrap_or_default());
    match Boundary::around(folder) {
        Ok(boundary) if !boundary.holds(Path::new(name)) => {
            let message = "is not read: it is a symbolic link that leads out of the repository; name it with --config";
            Err(failure(format!("{} {message}", found.display())))
        }
        _ => Ok(Some(found)),
    }
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

/// The folder itself, or that of a file; absolute.
fn folder(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    if absolute.is_dir() { Some(absolute) } else { absolute.parent().map(Path::to_path_buf) }
}

/// The innermost folder that holds both.
fn common(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}
