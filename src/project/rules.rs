//! Which rules to run: what is chosen over configuration.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Loaded, failure};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::discover::{self, Boundary};
use crate::rules::metadata::Profile;
use crate::rules::{RuleSet, Selection, UserFile, UserFileKind};
use crate::source::{FileId, Source, Sources};

/// How deep folders of rules are searched.
const MAX_DEPTH: usize = 16;

/// How many files and folders a folder of rules may hold.
const MAX_ENTRIES: usize = 20_000;

/// Rules that are chosen; what is empty is left to the configuration.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The profile.
    pub profile: Option<Profile>,
    /// Only these rules, whatever the profile; `ALL` for every rule.
    pub select: Vec<String>,
    /// All but these, and those that the configuration ignores.
    pub ignore: Vec<String>,
    /// Folders with rules and views beside those of the configuration.
    pub folders: Vec<PathBuf>,
}

impl Choice {
    /// The rules to run.
    ///
    /// # Errors
    /// When a folder of rules cannot be read.
    pub fn rules(&self, loaded: &Loaded, sources: &Sources) -> io::Result<(RuleSet, Vec<Diagnostic>)> {
        let config = &loaded.config;
        let listed = |list: &[toml::Spanned<String>]| list.iter().map(|id| id.get_ref().clone()).collect::<Vec<_>>();
        let select = if self.select.is_empty() { listed(&config.select) } else { self.select.clone() };
        let ignore = self.ignore.iter().cloned().chain(listed(&config.ignore)).collect();
        let profile = self.profile.or(config.profile.map(Profile::from)).unwrap_or_default();
        let mut files = Vec::new();
        for folder in self.folders.iter().chain(&config.extra_rules) {
            files.append(&mut user_files(folder, sources)?);
        }
        let (mut rules, mut diagnostics) = RuleSet::new(&Selection { profile, select, ignore }, &files);
        if let Some(file) = loaded.file {
            let known: HashSet<&str> = rules.known().collect();
            let placed = config.unknown_rules(file, |id| known.contains(id), rules.known());
            diagnostics.retain(|diagnostic| placed.iter().all(|placed| placed.message != diagnostic.message));
            diagnostics.extend(placed);
            diagnostics.append(&mut configure(&mut rules, config, file));
        }
        Ok((rules, diagnostics))
    }
}

/// Gives the rules the parameters of the configuration.
fn configure(rules: &mut RuleSet, config: &Config, file: FileId) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for id in config.rules.keys() {
        let Some(metadata) = rules.metadata_of(id.get_ref()) else { continue };
        let (parameters, mut mistakes) = config.parameters(file, &metadata);
        diagnostics.append(&mut mistakes);
        rules.configure(id.get_ref(), parameters);
    }
    diagnostics
}

/// The views and rules in a folder of the user's, with the modules that they share: `lib/*.rego`.
///
/// # Errors
/// When the folder, or a file in it, cannot be read.
pub fn user_files(folder: &Path, sources: &Sources) -> io::Result<Vec<UserFile>> {
    if !folder.is_dir() {
        return Err(failure(format!("{} is no folder of rules", folder.display())));
    }
    let boundary = Boundary::around(folder).map_err(|error| failure(format!("{}: {error}", folder.display())))?;
    let mut files = Vec::new();
    let mut walk = ignore::WalkBuilder::new(folder);
    // Two machines see the same rules: only `.gitignore` leaves some out.
    walk.ignore(false).git_global(false).git_exclude(false);
    for (entry, count) in walk.max_depth(Some(MAX_DEPTH)).sort_by_file_path(|a, b| a.cmp(b)).build().zip(0..) {
        if count > MAX_ENTRIES {
            return Err(failure(format!("{} holds more than {MAX_ENTRIES} files and folders", folder.display())));
        }
        let entry = entry.map_err(|error| failure(error.to_string()))?;
        let is_folder = entry.file_type().is_none_or(|ty| ty.is_dir());
        if let Some(kind) = kind(entry.path(), &boundary)?.filter(|_| !is_folder) {
            files.push(UserFile { source: read(entry.path(), &boundary, sources)?, kind });
        }
    }
    Ok(files)
}

/// What a file is by its name; `None` if it is nothing of a rule's.
fn kind(path: &Path, boundary: &Boundary) -> io::Result<Option<UserFileKind>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let in_lib = || path.parent().is_some_and(|folder| folder.ends_with("lib"));
    Ok(if name == "rule.rego" {
        let examples = path.with_file_name("examples.md");
        let examples = match examples.is_file() {
            true => Arc::clone(&read(&examples, boundary, &Sources::default())?.text),
            false => "".into(),
        };
        Some(UserFileKind::Rule { examples })
    } else if name.ends_with(".view.yaml") {
        Some(UserFileKind::View)
    } else {
        (name.ends_with(".rego") && in_lib()).then_some(UserFileKind::Module)
    })
}

/// Reads a file that does not lead out of the repository that its folder of rules is in.
fn read(path: &Path, boundary: &Boundary, sources: &Sources) -> io::Result<Arc<Source>> {
    let real = std::path::absolute(path).and_then(std::fs::canonicalize);
    if real.is_ok_and(|real| !boundary.holds(&real)) {
        let message = "is not read: it is a symbolic link that leads out of the repository or of the folder of rules";
        return Err(failure(format!("{} {message}", path.display())));
    }
    discover::read(path, sources)
        .map_err(|problem| failure(format!("cannot read {}: {}", path.display(), problem.message)))
}
