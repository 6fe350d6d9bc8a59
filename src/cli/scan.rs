//! What `check` and `inspect` have in common: from paths to files and the values they are evaluated with.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{ConfigArgs, Loaded};
use super::inputs::InputArgs;
use crate::config::PathPatterns;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{self, ConfinedDisk, Discovered, Options};
use crate::load::{Evaluated, Inputs, evaluate};
use crate::source::Sources;

/// What to read.
#[derive(clap::Args, Debug, Default)]
pub(super) struct ScanArgs {
    /// Files and folders; `-` is standard input [default: what sealint.toml names, or the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigArgs,
    #[command(flatten)]
    inputs: InputArgs,
}

/// What was read.
pub(super) struct Scan {
    pub(super) sources: Arc<Sources>,
    pub(super) loaded: Loaded,
    pub(super) discovered: Discovered,
    pub(super) inputs: Inputs,
    /// Access to files that evaluation asks for.
    pub(super) disk: ConfinedDisk,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl ScanArgs {
    /// Reads the configuration, the files and the values from outside.
    pub(super) fn scan(&self) -> io::Result<Scan> {
        let sources = Arc::new(Sources::default());
        let mut loaded = self.config.load(&self.paths, &sources)?;
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let (inputs, mut problems) = self.inputs.read(&loaded, &sources)?;
        diagnostics.append(&mut problems);
        let paths = match (self.paths.as_slice(), loaded.config.paths.as_slice()) {
            ([], []) => vec![PathBuf::from(".")],
            ([], configured) => configured.to_vec(),
            (named, _) => named.to_vec(),
        };
        let mut discovered = files(&paths, &loaded, &sources, &mut diagnostics);
        diagnostics.append(&mut discovered.diagnostics);
        let disk = ConfinedDisk::new(&paths, Arc::clone(&sources));
        Ok(Scan { sources, loaded, discovered, inputs, disk, diagnostics })
    }
}

impl Scan {
    /// Parses and evaluates the files.
    pub(super) fn evaluate(&mut self) -> Evaluated {
        let mut evaluated = evaluate(&self.discovered.files, &self.inputs, Some(&self.disk));
        self.diagnostics.append(&mut evaluated.diagnostics);
        evaluated
    }
}

/// Finds and reads the files that the configuration does not exclude.
fn files(paths: &[PathBuf], loaded: &Loaded, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Discovered {
    if loaded.config.exclude.is_empty() {
        return discover::discover(paths, Options::default(), sources);
    }
    let folder = if loaded.folder.as_os_str().is_empty() { Path::new(".") } else { &loaded.folder };
    let (exclude, mistakes) = PathPatterns::new(folder, &loaded.config.exclude);
    diagnostics.extend(mistakes.into_iter().map(|message| {
        let mut diagnostic = Diagnostic::new(Level::Error, Code::Configuration, message);
        diagnostic.file = loaded.file;
        diagnostic
    }));
    discover::discover(paths, Options { exclude: Some(&exclude) }, sources)
}
