//! Folders to sources: which files there are and which format each has. The only room that reads files.
//!
//! Every file that is met ends in one of three ways: it is read, it is skipped with a reason, or it failed with a
//! diagnostic. What `.gitignore` names is skipped, unless it is named itself or Terraform loads its values.

mod boundary;
mod callers;
mod confined;
mod disk;
mod name;
mod read;
mod sniff;
#[cfg(test)]
mod tests;
mod unsaved;
mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use boundary::Boundary;
pub use callers::Callers;
pub use confined::ConfinedFiles;
pub use disk::ConfinedDisk;
pub use read::{read, read_stdin};
pub use unsaved::Unsaved;

use crate::config::PathPatterns;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parallel;
use crate::source::{FileId, Source, Sources};
use name::ByName;
use walk::Candidate;

/// From how many files on reading in parallel pays.
const PARALLEL: usize = 16;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// What its text is called.
pub const STDIN_NAME: &str = "<stdin>";

/// A file that was read, with its format.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: Arc<Source>,
    /// Its format.
    pub kind: Kind,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Terraform configuration or values of variables, in either notation.
    Terraform,
    /// A CloudFormation or SAM template.
    Template,
    /// `terraform show -json`.
    Plan,
    /// Policy documents.
    Policy,
}

/// Which of the files that are met to read.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Files and folders to leave out unless they are named themselves.
    pub exclude: Option<&'a PathPatterns>,
    /// Leave them out even if they are named themselves.
    pub force_exclude: bool,
    /// Read the Terraform files beside a named one too, and those of the modules that call it: a module is judged as a
    /// whole, by what is passed to it.
    pub context: bool,
    /// Count the Terraform files beside a named one as named too: who looks at a part of a module sees all of it.
    pub whole_modules: bool,
    /// What is known of the callers of modules; looked for each time without.
    pub callers: Option<&'a Callers>,
    /// Texts to read in place of files.
    pub unsaved: Option<&'a Unsaved>,
}

impl Options<'_> {
    fn unsaved(&self, path: &Path) -> Option<&Arc<str>> {
        self.unsaved.and_then(|unsaved| unsaved.get(path))
    }

    fn excludes(&self, path: &Path) -> bool {
        self.exclude.is_some_and(|patterns| patterns.matches(path) || patterns.matches_folder(path))
    }
}

/// What there is.
#[derive(Default, Debug)]
pub struct Discovered {
    /// The files that were read, in the order of their paths.
    pub files: Vec<File>,
    /// The Terraform files that stand beside named ones or call their modules, in the order of their paths.
    pub context: Vec<File>,
    /// Of files that are symbolic links: the file that stands for what both lead to.
    pub links: FxHashMap<FileId, FileId>,
    /// The files and folders that were passed over, in the order of their paths.
    pub skipped: Vec<Skipped>,
    /// One for each file that could not be read; a warning if it would have been context.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file or folder that was passed over.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Skipped {
    /// Its path.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why a file or folder was passed over.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// Its name says that it is of another format.
    Name,
    /// Its content is of another format.
    Content,
    /// It has `Resources`, but nothing by which CloudFormation would know it.
    NoTemplate,
    /// `.gitignore` names it.
    Ignored,
    /// A file of git's, or a `sealint.toml`.
    Settings,
    /// Its name begins with a dot.
    Hidden,
    /// A folder that a tool fills.
    ToolFolder,
    /// The configuration excludes it.
    Excluded,
    /// A symbolic link to a folder: what is in the folder is met at its own place.
    FolderLink,
    /// A symbolic link that leads out of what is scanned.
    OutsideLink,
    /// A device, pipe or socket.
    Special,
    /// OpenTofu reads the file of this name in its place.
    Replaced(String),
    /// Values for a template's parameters: read when they are asked for.
    Parameters,
    /// Settings of the SAM command line.
    SamConfig,
    /// Tests of a Terraform configuration.
    Test,
    /// Terraform's state: what is deployed, not what is configured.
    State,
}

impl Reason {
    /// Whether somebody may ask why this is not checked. There is a `.git` in every repository.
    pub fn counts(&self) -> bool {
        !matches!(self, Reason::Settings | Reason::ToolFolder)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Name => "not a format that sealint reads, by its name",
            Reason::Content => "not a format that sealint reads, by its content",
            Reason::NoTemplate => {
                "no template: it has Resources, but no AWSTemplateFormatVersion, no Transform and no resource with a Type"
            }
            Reason::Ignored => "ignored by .gitignore or .ignore",
            Reason::Settings => "settings of git or of sealint",
            Reason::Hidden => "hidden",
            Reason::ToolFolder => "a folder that a tool fills",
            Reason::Excluded => "excluded by the configuration",
            Reason::FolderLink => "a symbolic link to a folder",
            Reason::OutsideLink => "a symbolic link that leads out of the scanned folder",
            Reason::Special => "not a regular file",
            Reason::Replaced(by) => return write!(f, "{by} is read in its place"),
            Reason::Parameters => "parameter values; name them with --parameters",
            Reason::SamConfig => "settings of the SAM command line",
            Reason::Test => "tests of a Terraform configuration",
            Reason::State => "Terraform state, not configuration",
        })
    }
}

impl Discovered {
    /// The Terraform files by their folders: each folder is a module.
    pub fn terraform_dirs(&self) -> BTreeMap<&Path, Vec<&File>> {
        let mut folders: BTreeMap<&Path, Vec<&File>> = BTreeMap::new();
        for file in self.files.iter().filter(|file| file.kind == Kind::Terraform) {
            folders.entry(file.source.path.parent().unwrap_or(Path::new(""))).or_default().push(file);
        }
        folders
    }
}

/// Whether a file at this path is Terraform's or OpenTofu's: part of the module that its folder is.
pub fn is_terraform(path: &Path) -> bool {
    walk::is_terraform_path(path)
}

/// Finds and reads what is at `paths`: files whatever they are called, folders with everything below them, and standard
/// input ([`STDIN`]).
pub fn discover(paths: &[PathBuf], options: Options<'_>, sources: &Sources) -> Discovered {
    let mut discovered = Discovered::default();
    if paths.iter().any(|path| path.as_os_str() == STDIN) {
        stdin(sources, &mut discovered);
    }
    let found = walk::candidates(paths, options);
    discovered.skipped.extend(found.skipped);
    discovered.diagnostics.extend(found.diagnostics);
    let outcomes: Vec<Outcome> = match found.candidates.len() {
        ..PARALLEL => found.candidates.iter().map(|candidate| open(candidate, options)).collect(),
        _ => parallel::map(&found.candidates, |candidate| open(candidate, options)),
    };
    let has_links = found.candidates.iter().any(|candidate| candidate.target.is_some());
    let (mut ids, mut links) = (FxHashMap::default(), Vec::new());
    for (candidate, outcome) in found.candidates.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Read(text, kind) => {
                let files = if candidate.context { &mut discovered.context } else { &mut discovered.files };
                let source = sources.add(&candidate.path, text);
                match candidate.target {
                    Some(target) => links.push((source.id, target)),
                    None if has_links => drop(ids.insert(candidate.path, source.id)),
                    None => {}
                }
                files.push(File { source, kind });
            }
            Outcome::Skipped(reason) => discovered.skipped.push(Skipped { path: candidate.path, reason }),
            Outcome::Failed(failure) => {
                let mut diagnostic = failure.diagnostic(&candidate.path, sources);
                if candidate.context {
                    diagnostic.level = Level::Warning;
                }
                discovered.diagnostics.push(diagnostic);
            }
        }
    }
    for (link, target) in links {
        // If the file itself is not read, the first link to it stands for it.
        let first = *ids.entry(target).or_insert(link);
        if first != link {
            discovered.links.insert(link, first);
        }
    }
    discovered.skipped.sort();
    discovered
}

/// Reads standard input.
fn stdin(sources: &Sources, discovered: &mut Discovered) {
    match read_stdin(None, sources) {
        Ok(source) => match sniff::any(&source.text) {
            Ok(kind) => discovered.files.push(File { source, kind }),
            Err(Reason::Content) if !source.text.trim().is_empty() => {
                let mut unknown = Diagnostic::new(Level::Error, Code::Unreadable, "is of no format that sealint knows");
                unknown.path = Some(source.path.clone());
                let help = "say what it is with `--stdin-filename`, for example `--stdin-filename main.tf`";
                discovered.diagnostics.push(unknown.help(help));
            }
            Err(reason) => discovered.skipped.push(Skipped { path: source.path.clone(), reason }),
        },
        Err(diagnostic) => discovered.diagnostics.push(*diagnostic),
    }
}

enum Outcome {
    Read(Arc<str>, Kind),
    Skipped(Reason),
    Failed(read::Failure),
}

/// Reads a file as far as it takes to know whether it is one of ours, and if it is, whole.
fn open(candidate: &Candidate, options: Options<'_>) -> Outcome {
    let path = &candidate.path;
    if let Some(text) = options.unsaved(path) {
        return sorted(Arc::clone(text), candidate.name);
    }
    if candidate.name == ByName::Head {
        match read::head(path) {
            Ok(head) if sniff::is_promising(&head) => {}
            Ok(_) => return Outcome::Skipped(Reason::Content),
            Err(failure) => return Outcome::Failed(failure),
        }
    }
    match (read::text(path), candidate.name) {
        (Ok(text), name) => sorted(text.into(), name),
        (Err(failure), ByName::Terraform) => Outcome::Failed(failure),
        // What cannot be read is no concern of ours if what can be read of it is not ours.
        (Err(failure), _) => match failure.readable().map(sniff::any) {
            Some(Err(reason)) => Outcome::Skipped(reason),
            _ => Outcome::Failed(failure),
        },
    }
}

/// A text with its format, if it is one of ours.
fn sorted(text: Arc<str>, name: ByName) -> Outcome {
    let kind = match name {
        ByName::Terraform => Ok(Kind::Terraform),
        ByName::Content | ByName::Head | ByName::Document => sniff::document(&text),
        ByName::Anything => sniff::any(&text),
    };
    kind.map_or_else(Outcome::Skipped, |kind| Outcome::Read(text, kind))
}
