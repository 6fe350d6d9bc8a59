//! Configurations with their rules, kept from one judgement to the next: to load rules takes longer than to judge.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::discover::Callers;
use crate::project::{self, Choice, Loaded};
use crate::rules::RuleSet;
use crate::source::Sources;

/// A configuration, or none, with its rules.
pub(super) struct Project {
    pub(super) loaded: Loaded,
    pub(super) rules: RuleSet,
    /// The configuration file and the user's rules: what is judged is added to a snapshot.
    pub(super) sources: Sources,
    /// What is wrong with them.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is known of the callers of modules.
    pub(super) callers: Arc<Callers>,
    /// The configuration as it was read.
    text: Option<Arc<str>>,
}

/// The projects by working directory, which their paths are relative to, and configuration file.
#[derive(Default)]
pub(super) struct Projects(HashMap<(Option<PathBuf>, Option<PathBuf>), Rc<Project>>);

impl Projects {
    /// The project of a file. It is loaded anew if its configuration has changed.
    pub(super) fn of(&mut self, path: &Path) -> io::Result<Rc<Project>> {
        let file = project::find_own(&[path.to_owned()])?;
        let sources = Sources::default();
        let mut loaded = project::read(file.as_deref(), &sources)?;
        let text = loaded.file.and_then(|file| sources.get(file)).map(|source| Arc::clone(&source.text));
        let key = (std::env::current_dir().ok(), file);
        if let Some(known) = self.0.get(&key).filter(|known| known.text == text) {
            return Ok(Rc::clone(known));
        }
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        let (rules, mut problems) = Choice::default().rules(&loaded, &sources)?;
        diagnostics.append(&mut problems);
        let project = Rc::new(Project { loaded, rules, sources, diagnostics, callers: Arc::default(), text });
        self.0.insert(key, Rc::clone(&project));
        Ok(project)
    }

    /// Files on disk have changed: modules may have other callers.
    pub(super) fn disk_changed(&self) {
        self.0.values().for_each(|project| project.callers.forget());
    }

    /// Lets go of all: rules may have changed.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}
