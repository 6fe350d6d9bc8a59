//! What to read, as arguments of `check`, `fix`, `inspect` and `who-can`.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::config::ConfigArgs;
use super::inputs::InputArgs;
use crate::diagnostic::Diagnostic;
use crate::discover::{self, STDIN, Unsaved};
use crate::project::{Request, Scan};
use crate::source::Sources;

/// What to read.
#[derive(clap::Args, Debug, Default)]
pub(super) struct ScanArgs {
    /// Files and folders; `-` is standard input [default: what sealint.toml names, or the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out what the configuration excludes even if it is named
    #[arg(long, help_heading = "Files")]
    force_exclude: bool,
    /// Read the text of FILE from standard input, in place of what is on disk
    #[arg(long, value_name = "FILE", help_heading = "Files")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Files")]
    config: ConfigArgs,
    #[command(flatten, next_help_heading = "Values from outside")]
    inputs: InputArgs,
}

impl ScanArgs {
    /// Reads the configuration, the files and the values from outside.
    pub(super) fn scan(&self) -> io::Result<Scan> {
        self.read(false)
    }

    /// The same with the files that stand beside named ones: a module is judged as a whole.
    pub(super) fn scan_with_context(&self) -> io::Result<Scan> {
        self.read(true)
    }

    fn read(&self, context: bool) -> io::Result<Scan> {
        let sources = Arc::new(Sources::default());
        let paths = self.named();
        let mut loaded = self.config.load(&paths, &sources)?;
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let (inputs, mut problems) = self.inputs.given().read(&loaded, &sources)?;
        diagnostics.append(&mut problems);
        let unsaved = Arc::new(self.unsaved(&sources, &mut diagnostics));
        let request = Request { paths, force_exclude: self.force_exclude, context, unsaved, ..Request::default() };
        let mut scan = Scan::read(&request, loaded, inputs, sources);
        scan.diagnostics.splice(..0, diagnostics);
        Ok(scan)
    }

    /// What the command line names. Standard input that is called like a file is named as that file.
    fn named(&self) -> Vec<PathBuf> {
        let Some(file) = &self.stdin_filename else { return self.paths.clone() };
        let mut named = self.paths.clone();
        named.retain(|path| path.as_os_str() != STDIN);
        named.push(file.clone());
        named
    }

    /// Standard input, if it is called like a file.
    fn unsaved(&self, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Unsaved {
        let mut unsaved = Unsaved::default();
        if let Some(file) = &self.stdin_filename {
            match discover::read_stdin(Some(file), sources) {
                Ok(source) => unsaved.insert(file, Arc::clone(&source.text)),
                // What the file would hold is not known, but it is not what is on disk.
                Err(diagnostic) => {
                    unsaved.insert(file, "");
                    diagnostics.push(*diagnostic);
                }
            }
        }
        unsaved
    }
}
