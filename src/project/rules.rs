//! Which rules to run: what is chosen over configuration.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Loaded, failure};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level};
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
        let (files, mut problems) = self.files(loaded, sources)?;
        let (mut rules, mut diagnostics) = RuleSet::new(&self.selection(config), &files);
        diagnostics.append(&mut problems);
        if let Some(file) = loaded.file {
            let known: HashSet<&str> = rules.known().collect();
            let placed = config.unknown_rules(file, |id| known.contains(id), |id| rules.hint(id));
            diagnostics.retain(|diagnostic| placed.iter().all(|placed| placed.message != diagnostic.message));
            diagnostics.extend(placed);
            diagnostics.append(&mut configure(&mut rules, config, file));
        }
        Ok((rules, diagnostics))
    }

    /// Which rules that are, of all there are.
    pub fn selection(&self, config: &Config) -> Selection {
        let listed = |list: &[toml::Spanned<String>]| list.iter().map(|id| id.get_ref().clone()).collect::<Vec<_>>();
        // What is asked for now counts over what the file says: a profile over its list of rules, a rule that is named
        // over its being ignored.
        let select = match (self.select.is_empty(), self.profile) {
            (true, None) => listed(&config.select),
            _ => self.select.clone(),
        };
        let ignored = listed(&config.ignore).into_iter().filter(|id| match id.as_str() {
            "ALL" => !self.names_rules(),
            _ => !self.select.contains(id),
        });
        let ignore = self.ignore.iter().cloned().chain(ignored).collect();
        let profile = self.profile.or(config.profile.map(Profile::from)).unwrap_or_default();
        Selection { profile, select, ignore }
    }
}

impl Choice {
    /// Whether single rules are asked for.
    fn names_rules(&self) -> bool {
        self.select.iter().any(|id| id != "ALL")
    }

    /// The files of the user's folders of rules, each folder once.
    fn files(&self, loaded: &Loaded, sources: &Sources) -> io::Result<(Vec<UserFile>, Vec<Diagnostic>)> {
        let real = |folder: &Path| std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let (mut files, mut diagnostics, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        let empty = |folder: &Path| format!("there are no rules or views in {}", folder.display());
        for folder in self.folders.iter().filter(|folder| seen.insert(real(folder))) {
            let mut found = user_files(folder, sources)?;
            if found.is_empty() {
                diagnostics.push(Diagnostic::new(Level::Warning, Code::Rule, empty(folder)));
            }
            files.append(&mut found);
        }
        for folder in loaded.config.extra_rules.iter().filter(|folder| seen.insert(real(folder.get_ref()))) {
            match user_files(folder.get_ref(), sources) {
                Ok(found) if found.is_empty() => {
                    let mut nothing = loaded.mistake(folder, empty(folder.get_ref()));
                    nothing.level = Level::Warning;
                    diagnostics.push(nothing);
                }
                Ok(mut found) => files.append(&mut found),
                Err(error) => diagnostics.push(loaded.mistake(folder, error.to_string())),
            }
        }
        Ok((files, diagnostics))
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
