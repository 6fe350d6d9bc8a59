//! What to read, as arguments of `check`, `fix`, `inspect` and `who-can`.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::ConfigArgs;
use super::inputs::InputArgs;
use crate::base;
use crate::config::FILE_NAME;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{self, Reason, STDIN, Unsaved};
use crate::project::{self, Request, Scan};
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
        diagnostics.extend(self.config.is_found().then(|| unused_configurations(&request.paths, &scan)).flatten());
        diagnostics.extend(nothing_read(&request, &scan));
        scan.diagnostics.splice(..0, diagnostics);
        Ok(scan)
    }

    /// Whether one of the files is standard input.
    pub(super) fn reads_stdin(&self) -> bool {
        self.stdin_filename.is_some() || self.paths.iter().any(|path| path.as_os_str() == STDIN)
    }

    /// Whether there are others.
    pub(super) fn names_more_than_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() != STDIN)
    }

    /// Whether a text is the one of standard input.
    pub(super) fn is_stdin(&self, path: &Path) -> bool {
        let shown = |path: &Path| base::lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        match &self.stdin_filename {
            Some(file) => shown(file) == shown(path),
            None => path == Path::new(discover::STDIN_NAME),
        }
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

/// That there are files called `sealint.toml` which do not count for this run.
fn unused_configurations(paths: &[PathBuf], scan: &Scan) -> Option<Diagnostic> {
    let loaded = scan.loaded.file.and_then(|file| scan.sources.get(file));
    let counts = loaded.as_ref().map(|source| source.path.as_path());
    let met = scan.discovered.skipped.iter().map(|skipped| skipped.path.clone());
    let met =
        met.filter(|path| path.file_name().is_some_and(|name| name == FILE_NAME) && Some(path.as_path()) != counts);
    let unused: BTreeSet<PathBuf> = met.chain(project::passed_over(paths, counts)).collect();
    let first = unused.first()?;
    let more = match unused.len() - 1 {
        0 => String::new(),
        more => format!(", and neither do {more} more"),
    };
    let message = match counts {
        Some(counts) => format!("does not count{more}: a run has one configuration, here {}", counts.display()),
        None => format!("does not count{more}: a run reads the one of the current folder or above"),
    };
    let mut diagnostic = Diagnostic::new(Level::Warning, Code::Configuration, message);
    diagnostic.path = Some(first.clone());
    Some(diagnostic.help("name it with `--config`, or set what differs in parts of a repository with `[[per-path]]`"))
}

/// That there was nothing to check, unless something is wrong already or it was left out as asked.
fn nothing_read(request: &Request, scan: &Scan) -> Option<Diagnostic> {
    let discovered = &scan.discovered;
    let failed = scan.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let excluded = request.force_exclude && discovered.skipped.iter().any(|skipped| skipped.reason == Reason::Excluded);
    if failed || excluded || !discovered.files.is_empty() {
        return None;
    }
    let names: Vec<String> = match request.paths.as_slice() {
        [] => scan.loaded.config.paths.iter().map(|path| path.display().to_string()).collect(),
        named => named.iter().map(|path| path.display().to_string()).collect(),
    };
    let place = match names.as_slice() {
        [] => "the current folder".to_owned(),
        [one] if one == STDIN => "standard input".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, more @ ..] => format!("{one}, {two} and {} more", more.len()),
    };
    let message = format!("nothing was checked: there is no file that sealint reads in {place}");
    let mut diagnostic = Diagnostic::new(Level::Warning, Code::Unreadable, message);
    let mut asked = discovered.skipped.iter().filter(|skipped| skipped.reason.counts());
    if let (Some(only), None) = (asked.next(), asked.next()) {
        diagnostic.help = Some(format!("{} is left out: {}", only.path.display(), only.reason));
    } else if discovered.skipped.iter().any(|skipped| skipped.reason.counts()) {
        diagnostic.help = Some("`-v` says why files were skipped".to_owned());
    }
    Some(diagnostic)
}
