//! Finds and reads `sealint.toml`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::confine::confine;
use super::failure;
use crate::base::{self, Base};
use crate::config::{self, Config, FILE_NAME};
use crate::diagnostic::{Code, Diagnostic, Level};
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

impl Loaded {
    /// A mistake in the configuration, at its place.
    pub(crate) fn mistake<T>(&self, place: &Spanned<T>, message: impl Into<String>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(Level::Error, Code::Configuration, message);
        if let Some(file) = self.file {
            diagnostic = diagnostic.at(config::at(file, place));
        }
        diagnostic
    }
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

/// The `sealint.toml` of a run over `paths`: one for all of them, whichever they are, so that a hook is not judged by other
/// settings than the whole repository.
///
/// It is the nearest from the working directory up to the root of the repository. For paths that lie elsewhere it is the
/// one at the root of theirs; outside of repositories, the one in the working directory or else in the folder that is
/// named. A path below the working directory stays relative to it.
pub fn find(paths: &[PathBuf]) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let folders: BTreeSet<PathBuf> = paths.iter().filter_map(|path| folder(path)).collect();
    let named = folders.into_iter().reduce(|a, b| common(&a, &b)).unwrap_or_else(|| here.clone());
    let candidates: Vec<&Path> = match (root_of(&here), root_of(&named)) {
        (Some(root), theirs) if named.starts_with(root) || root.starts_with(&named) || theirs.is_none() => {
            here.ancestors().take_while(|folder| folder.starts_with(root)).collect()
        }
        (_, Some(root)) => vec![root],
        _ if named.starts_with(&here) => vec![&here],
        _ => vec![&named],
    };
    let found = candidates.into_iter().map(|folder| folder.join(FILE_NAME)).find(|candidate| candidate.is_file())?;
    Some(found.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(found))
}

/// Files called `sealint.toml` between the file that counts and `paths` that are named: they do not count, which their
/// authors may not expect.
pub fn passed_over(paths: &[PathBuf], loaded: Option<&Path>) -> Vec<PathBuf> {
    let counts = loaded.and_then(|path| std::path::absolute(path).ok());
    let Ok(here) = std::env::current_dir() else { return Vec::new() };
    let top = counts.as_deref().and_then(Path::parent).unwrap_or(&here);
    let folders: BTreeSet<PathBuf> = paths.iter().filter_map(|path| folder(path)).collect();
    let below = folders.iter().flat_map(|folder| folder.ancestors().take_while(|above| *above != top));
    let below: BTreeSet<&Path> = below.filter(|folder| folder.starts_with(top)).collect();
    let files = below.into_iter().map(|folder| folder.join(FILE_NAME)).filter(|path| path.is_file());
    files.map(|path| path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path)).collect()
}

/// The root of the repository that a folder is in.
fn root_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// The root of the repository that all paths lie in: that of the working directory, or else the innermost one.
pub fn repository(paths: &[PathBuf]) -> Option<PathBuf> {
    let root = |folder: &Path| root_of(folder).map(Path::to_owned);
    let here = std::env::current_dir().ok()?;
    let base = Base::new(&here, &here);
    let folders: Vec<PathBuf> = paths.iter().filter_map(|path| folder(&base.absolute(path))).collect();
    let around = root(&here).filter(|root| folders.iter().all(|folder| folder.starts_with(root)));
    around.or_else(|| root(&folders.into_iter().reduce(|a, b| common(&a, &b))?))
}

/// The folder itself, or that of a file; absolute.
fn folder(path: &Path) -> Option<PathBuf> {
    let absolute = base::lexical(&std::path::absolute(path).ok()?);
    if absolute.is_dir() { Some(absolute) } else { absolute.parent().map(Path::to_path_buf) }
}

/// The innermost folder that holds both.
fn common(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}
