//! Finds and reads `sealint.toml`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::failure;
use crate::config::{self, Config, FILE_NAME};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};

/// Which configuration file to read.
#[derive(clap::Args, Debug, Default)]
pub(super) struct ConfigArgs {
    /// Read this configuration file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long)]
    no_config: bool,
}

/// A configuration with where it was read from.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) config: Config,
    /// The file, if there is one.
    pub(super) file: Option<FileId>,
    /// The folder that its patterns are relative to.
    pub(super) folder: PathBuf,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl ConfigArgs {
    /// The configuration for a check of `paths`.
    pub(super) fn load(&self, paths: &[PathBuf], sources: &Sources) -> io::Result<Loaded> {
        let path = match (&self.config, self.no_config) {
            (Some(path), _) => Some(path.clone()),
            (None, true) => None,
            (None, false) => find(paths),
        };
        let Some(path) = path else { return Ok(Loaded::default()) };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| failure(format!("cannot read {}: {error}", path.display())))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let source = sources.add(&path, text);
        let (mut config, diagnostics) = config::parse(&source);
        config.resolve(&folder);
        Ok(Loaded { config, file: Some(source.id), folder, diagnostics })
    }
}

/// The nearest `sealint.toml` from the folder that holds all paths up to the root of its repository; outside of a
/// repository, up to the working directory. A path below the working directory stays relative to it.
fn find(paths: &[PathBuf]) -> Option<PathBuf> {
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
