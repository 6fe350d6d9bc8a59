//! What `check` and `inspect` have in common: from paths to files and the values they are evaluated with.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{ConfigArgs, Loaded};
use super::inputs::InputArgs;
use crate::check::check;
use crate::config::PathPatterns;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::{self, ConfinedDisk, Discovered, Options, STDIN};
use crate::finding::Finding;
use crate::load::{Evaluated, File, Inputs, evaluate};
use crate::rules::RuleSet;
use crate::source::Sources;

/// What to read.
#[derive(clap::Args, Debug, Default)]
pub(super) struct ScanArgs {
    /// Files and folders; `-` is standard input [default: what sealint.toml names, or the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out what the configuration excludes even if it is named
    #[arg(long)]
    force_exclude: bool,
    /// Read the text of FILE from standard input, in place of what is on disk
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
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
    /// Whether files were named: what stands around them is read for their sake alone.
    pub(super) names_files: bool,
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
        let named = self.named();
        let mut loaded = self.config.load(&self.places(&named), &sources)?;
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let (inputs, mut problems) = self.inputs.read(&loaded, &sources)?;
        diagnostics.append(&mut problems);
        let paths = match (named.is_empty(), loaded.config.paths.as_slice()) {
            (true, []) => vec![PathBuf::from(".")],
            (true, configured) => configured.to_vec(),
            (false, _) => named,
        };
        let mut discovered = self.files(&paths, context, &loaded, &sources, &mut diagnostics);
        diagnostics.append(&mut discovered.diagnostics);
        let places = self.places(&paths);
        let names_files = self.stdin_filename.is_some() || places.iter().any(|path| path.is_file());
        let readable: Vec<PathBuf> = places.into_iter().chain(inputs.config_dir.clone()).collect();
        let disk = ConfinedDisk::new(&readable, Arc::clone(&sources));
        Ok(Scan { sources, loaded, discovered, inputs, disk, diagnostics, names_files })
    }

    /// What the command line names. A file on standard input is named by that.
    fn named(&self) -> Vec<PathBuf> {
        let mut named = self.paths.clone();
        let stdin = PathBuf::from(STDIN);
        if self.stdin_filename.is_some() && !named.contains(&stdin) {
            named.push(stdin);
        }
        named
    }

    /// Where the paths lie: standard input where its file would.
    fn places(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let place = |path: &PathBuf| match &self.stdin_filename {
            Some(file) if path.as_os_str() == STDIN => file.clone(),
            _ => path.clone(),
        };
        paths.iter().map(place).collect()
    }

    /// Finds and reads the files that the configuration does not exclude.
    fn files(
        &self,
        paths: &[PathBuf],
        context: bool,
        loaded: &Loaded,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Discovered {
        let folder = if loaded.folder.as_os_str().is_empty() { Path::new(".") } else { &loaded.folder };
        let exclude = (!loaded.config.exclude.is_empty()).then(|| {
            let (exclude, mistakes) = PathPatterns::new(folder, &loaded.config.exclude);
            diagnostics.extend(mistakes.into_iter().map(|message| {
                let mut diagnostic = Diagnostic::new(Level::Error, Code::Configuration, message);
                diagnostic.file = loaded.file;
                diagnostic
            }));
            exclude
        });
        let options = Options {
            exclude: exclude.as_ref(),
            force_exclude: self.force_exclude,
            context,
            stdin: self.stdin_filename.as_deref(),
        };
        discover::discover(paths, options, sources)
    }
}

impl Scan {
    /// Parses and evaluates the files.
    pub(super) fn evaluate(&mut self) -> Evaluated {
        let mut evaluated = evaluate(&self.files(), &self.inputs, Some(&self.disk));
        self.diagnostics.append(&mut evaluated.diagnostics);
        evaluated
    }

    /// Parses, evaluates and judges the files.
    pub(super) fn check(&mut self, rules: &RuleSet) -> Vec<Finding> {
        let (findings, mut diagnostics) = check(&self.files(), &self.inputs, Some(&self.disk), rules, &self.sources);
        self.diagnostics.append(&mut diagnostics);
        findings
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
