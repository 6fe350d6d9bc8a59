//! Which rules to run: what is chosen over configuration.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::{Loaded, failure};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::rules::metadata::Profile;
use crate::rules::{RuleSet, Selection, UserFile, UserFileKind};
use crate::source::{FileId, Sources};

/// How deep folders of rules are searched.
const MAX_DEPTH: usize = 16;

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
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(folder).max_depth(Some(MAX_DEPTH)).sort_by_file_path(|a, b| a.cmp(b)).build();
    for entry in walk {
        let entry = entry.map_err(|error| failure(error.to_string()))?;
        if let Some(kind) = kind(entry.path())? {
            files.push(UserFile { source: sources.add(entry.path(), read(entry.path())?), kind });
        }
    }
    Ok(files)
}

/// What a file is by its name; `None` if it is nothing of a rule's.
fn kind(path: &Path) -> io::Result<Option<UserFileKind>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let in_lib = || path.parent().is_some_and(|folder| folder.ends_with("lib"));
    Ok(if name == "rule.rego" {
        let examples = path.with_file_name("examples.md");
        let examples = if examples.is_file() { read(&examples)? } else { String::new() };
        Some(UserFileKind::Rule { examples: examples.into() })
    } else if name.ends_with(".view.yaml") {
        Some(UserFileKind::View)
    } else {
        (name.ends_with(".rego") && in_lib()).then_some(UserFileKind::Module)
    })
}

fn read(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path).map_err(|error| failure(format!("cannot read {}: {error}", path.display())))
}
