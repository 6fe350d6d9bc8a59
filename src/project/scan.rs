//! From paths to files and the values they are evaluated with.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Loaded;
use crate::check::check_each;
use crate::config::PathPatterns;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{self, Callers, ConfinedDisk, Discovered, Options, Unsaved};
use crate::finding::Finding;
use crate::load::{Evaluated, File, Inputs, evaluate};
use crate::rules::RuleSet;
use crate::source::Sources;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files and folders; without any, what the configuration names, or the current folder.
    pub paths: Vec<PathBuf>,
    /// Whether to leave out what the configuration excludes even if it is named.
    pub force_exclude: bool,
    /// Whether to read the files that stand beside named ones: a module is judged as a whole.
    pub context: bool,
    /// Whether these count as named too.
    pub whole_modules: bool,
    /// What is known of the callers of modules, if they are asked for again and again.
    pub callers: Option<Arc<Callers>>,
    /// Texts to read in place of files.
    pub unsaved: Arc<Unsaved>,
}

/// What was read.
pub struct Scan {
    /// The texts.
    pub sources: Arc<Sources>,
    /// The configuration.
    pub loaded: Loaded,
    /// The files.
    pub discovered: Discovered,
    /// Values from outside.
    pub inputs: Inputs,
    /// Access to files that evaluation asks for.
    pub disk: ConfinedDisk,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether files were named: what stands around them is read for their sake alone.
    pub names_files: bool,
    /// What was asked for: the files and folders that are checked.
    pub paths: Vec<PathBuf>,
}

impl Scan {
    /// Finds and reads the files that the configuration does not exclude.
    pub fn read(request: &Request, loaded: Loaded, inputs: Inputs, sources: Arc<Sources>) -> Scan {
        let paths = match (request.paths.as_slice(), loaded.config.paths.as_slice()) {
            ([], []) => vec![PathBuf::from(".")],
            ([], configured) => configured.to_vec(),
            (named, _) => named.to_vec(),
        };
        let mut diagnostics = Vec::new();
        let exclude = excluded(&loaded, &mut diagnostics);
        let options = Options {
            exclude: exclude.as_ref(),
            force_exclude: request.force_exclude,
            context: request.context,
            whole_modules: request.whole_modules,
            callers: request.callers.as_deref(),
            unsaved: Some(&request.unsaved),
        };
        let mut discovered = discover::discover(&paths, options, &sources);
        diagnostics.append(&mut discovered.diagnostics);
        let names_files = paths.iter().any(|path| path.is_file() || request.unsaved.get(path).is_some());
        let readable: Vec<PathBuf> = paths.iter().cloned().chain(inputs.config_dir.clone()).collect();
        let disk = ConfinedDisk::new(&readable, Arc::clone(&sources)).with_unsaved(Arc::clone(&request.unsaved));
        Scan { sources, loaded, discovered, inputs, disk, diagnostics, names_files, paths }
    }

    /// Parses and evaluates the files.
    pub fn evaluate(&mut self) -> Evaluated {
        let mut evaluated = evaluate(&self.files(), &self.inputs, Some(&self.disk));
        self.diagnostics.append(&mut evaluated.diagnostics);
        self.note_undeclared();
        evaluated
    }

    /// Parses, evaluates and judges the files: a finding for each instance and each call that leads to it.
    pub fn check(&mut self, rules: &RuleSet) -> Vec<Finding> {
        let (mut findings, mut diagnostics) =
            check_each(&self.files(), &self.inputs, Some(&self.disk), rules, &self.sources);
        if !self.discovered.links.is_empty() {
            findings.iter_mut().for_each(|finding| finding.follow(&self.discovered.links));
        }
        self.diagnostics.append(&mut diagnostics);
        self.note_undeclared();
        findings
    }

    /// Reports values for what nothing declares. Of files that are named, others may well declare it.
    fn note_undeclared(&mut self) {
        if !self.names_files {
            self.diagnostics.append(&mut self.inputs.undeclared());
        }
    }

    /// The files to report on and those around them.
    fn files(&self) -> Cow<'_, [File]> {
        let Discovered { files, context, .. } = &self.discovered;
        match context.is_empty() {
            true => Cow::Borrowed(files),
            false => Cow::Owned([files.as_slice(), context].concat()),
        }
    }
}

/// What the configuration excludes.
fn excluded(loaded: &Loaded, diagnostics: &mut Vec<Diagnostic>) -> Option<PathPatterns> {
    if loaded.config.exclude.is_empty() {
        return None;
    }
    let folder = if loaded.folder.as_os_str().is_empty() { Path::new(".") } else { &loaded.folder };
    let (exclude, mistakes) = PathPatterns::new(folder, &loaded.config.exclude);
    diagnostics.extend(mistakes.into_iter().map(|message| {
        let mut diagnostic = Diagnostic::new(Level::Error, Code::Configuration, message);
        diagnostic.file = loaded.file;
        diagnostic
    }));
    Some(exclude)
}
