//! Finds and reads `sealint.toml`.

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
            (None, false) => find(paths.first().map_or(Path::new("."), PathBuf::as_path)),
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

/// The nearest `sealint.toml` from a path's folder up to the root of its repository; outside of a repository, up to the
/// working directory. A path below the working directory stays relative to it.
fn find(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let here = std::env::current_dir().ok()?;
    let start = if absolute.is_dir() { absolute.as_path() } else { absolute.parent()? };
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
