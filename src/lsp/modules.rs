//! What is judged together, and judging it.

use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::Client;
use super::documents::Documents;
use super::projects::{Project, Projects};
use crate::check::merge;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::discover::is_terraform;
use crate::finding::{Finding, Verdict};
use crate::project::{Given, Judged, Request, Scan, configured_baseline, judge};
use crate::source::Source;

/// What is judged together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Module {
    /// The Terraform files of a folder.
    Folder(PathBuf),
    /// A template, plan or policy file.
    File(PathBuf),
}

impl Module {
    /// What a file is judged with.
    pub(super) fn of(path: &Path) -> Module {
        match path.parent() {
            Some(folder) if is_terraform(path) => Module::Folder(folder.to_owned()),
            _ => Module::File(path.to_owned()),
        }
    }

    /// The open texts that are part of it.
    fn open(&self, documents: &Documents) -> Vec<PathBuf> {
        documents.paths().filter(|path| Module::of(path) == *self).map(Path::to_owned).collect()
    }
}

/// What there is to say of a module, of which some text is open.
pub(super) struct Judgement {
    /// The texts, by the number of their ids.
    pub(super) sources: Vec<Arc<Source>>,
    /// The absolute paths of the texts.
    pub(super) paths: Vec<PathBuf>,
    /// The findings to show.
    pub(super) findings: Vec<Finding>,
    /// What could not be read, parsed or evaluated.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The configuration and rules, if they could be loaded.
    pub(super) project: Option<Rc<Project>>,
    /// An open text, for what has no place.
    pub(super) open: PathBuf,
    pub(super) took: Duration,
    read: HashSet<PathBuf>,
}

impl Judgement {
    /// Judges a module as the editor shows it; `None` if nothing of it is open. A failure of the program becomes a
    /// diagnostic: the editor keeps its server.
    pub(super) fn of(
        module: &Module,
        documents: &Documents,
        projects: &mut Projects,
        client: &Client,
    ) -> Option<Judgement> {
        let paths = module.open(documents);
        let open = paths.first()?.clone();
        let start = Instant::now();
        if let Some(folder) = client.folder_of(&open) {
            // Paths in configurations and messages are relative to it. Without it they are absolute, which does as well.
            let _ = std::env::set_current_dir(folder);
        }
        let work = AssertUnwindSafe(|| run(paths, documents, projects));
        let mut judgement = match catch_unwind(work) {
            Ok(Ok((judged, project))) => Judgement::made(judged, project, open),
            Ok(Err(error)) => Judgement::failed(Code::Configuration, error.to_string(), open),
            Err(_) => Judgement::failed(Code::Evaluation, "sealint failed on this file: please report it", open),
        };
        judgement
            .findings
            .retain(|finding| finding.suppressed.is_none() && (finding.verdict == Verdict::Fail || client.show_open));
        judgement.took = start.elapsed();
        Some(judgement)
    }

    fn made(judged: Judged, project: Rc<Project>, open: PathBuf) -> Judgement {
        let sources = judged.sources.all();
        let absolute = |source: &Arc<Source>| std::path::absolute(&source.path).unwrap_or_else(|_| source.path.clone());
        let paths: Vec<PathBuf> = sources.iter().map(absolute).collect();
        Judgement {
            read: paths.iter().cloned().collect(),
            sources,
            paths,
            findings: merge(judged.findings),
            diagnostics: judged.diagnostics,
            project: Some(project),
            open,
            took: Duration::ZERO,
        }
    }

    fn failed(code: Code, message: impl Into<String>, open: PathBuf) -> Judgement {
        Judgement {
            sources: Vec::new(),
            paths: Vec::new(),
            findings: Vec::new(),
            diagnostics: vec![Diagnostic::new(Level::Error, code, message)],
            project: None,
            open,
            took: Duration::ZERO,
            read: HashSet::new(),
        }
    }

    /// Whether the text of a file is part of what was judged.
    pub(super) fn has_read(&self, path: &Path) -> bool {
        self.read.contains(path)
    }
}

fn run(paths: Vec<PathBuf>, documents: &Documents, projects: &mut Projects) -> io::Result<(Judged, Rc<Project>)> {
    let project = projects.of(paths.first().map_or(Path::new("."), PathBuf::as_path))?;
    let sources = Arc::new(project.sources.snapshot());
    let loaded = project.loaded.clone();
    let (inputs, problems) = Given::default().read(&loaded, &sources)?;
    let unsaved = Arc::new(documents.unsaved());
    let request = Request {
        paths,
        force_exclude: true,
        context: true,
        whole_modules: true,
        callers: Some(Arc::clone(&project.callers)),
        unsaved,
    };
    let mut scan = Scan::read(&request, loaded, inputs, sources);
    let before = project.diagnostics.iter().cloned().chain(problems);
    scan.diagnostics.splice(..0, before);
    let mut judged = judge(scan, &project.rules, true);
    let gone = configured_baseline(&mut judged, None);
    judged.diagnostics.extend(gone);
    Ok((judged, project))
}
