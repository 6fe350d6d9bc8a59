//! What evaluation may read beyond the files that were found: modules in other folders, manifests, named files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ConfinedFiles, File, Kind, Unsaved, read, walk};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::Files;
use crate::load::Disk;
use crate::source::{Source, Sources};

/// Access to the repositories that the scanned paths are in, and to nothing else.
///
/// Modules often lie beside the scanned folder. So what may be read is the repository around it (the next folder upwards
/// that holds `.git`); without one the working directory, if the path is below it; else the path itself.
pub struct ConfinedDisk {
    /// The repositories, without symbolic links.
    roots: Vec<PathBuf>,
    sources: Arc<Sources>,
    unsaved: Arc<Unsaved>,
}

impl ConfinedDisk {
    /// Access around the scanned `paths`; texts become part of `sources`.
    pub fn new(paths: &[PathBuf], sources: Arc<Sources>) -> Self {
        let here = fs::canonicalize(".").ok();
        let folders: BTreeSet<&Path> = paths.iter().map(|path| folder_of(path)).collect();
        let real = folders.into_iter().filter_map(|path| fs::canonicalize(path).ok());
        let mut roots: Vec<PathBuf> = real.map(|path| root_of(&path, here.as_deref())).collect();
        roots.sort();
        roots.dedup();
        ConfinedDisk { roots, sources, unsaved: Arc::default() }
    }

    /// The same with texts in place of files.
    #[must_use]
    pub fn with_unsaved(mut self, unsaved: Arc<Unsaved>) -> Self {
        self.unsaved = unsaved;
        self
    }

    /// The root that holds a file or folder that is there.
    fn root(&self, path: &Path) -> Option<&Path> {
        let real = fs::canonicalize(path).ok()?;
        self.roots.iter().find(|root| real.starts_with(root)).map(PathBuf::as_path)
    }
}

/// The folder itself, or that of a file.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !path.is_dir() && !path.is_symlink() => match parent.as_os_str().is_empty() {
            true => Path::new("."),
            false => parent,
        },
        _ => path,
    }
}

/// The folder below which everything may be read for the sake of `path`, which has no symbolic links.
fn root_of(path: &Path, here: Option<&Path>) -> PathBuf {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
    let root = repository.or_else(|| here.filter(|here| folder.starts_with(here)));
    root.unwrap_or(folder).to_owned()
}

/// A file that must not be read: what it decides is not known.
fn leads_outside(path: &Path) -> Diagnostic {
    let message = "is not read: it is a symbolic link that leads out of the repository or of the scanned folder";
    let mut diagnostic = Diagnostic::new(Level::Warning, Code::Unreadable, message);
    diagnostic.path = Some(path.to_owned());
    diagnostic
}

impl Disk for ConfinedDisk {
    fn terraform_folder(&self, folder: &Path) -> (Vec<File>, Vec<Diagnostic>) {
        let (mut files, mut diagnostics) = (Vec::new(), Vec::new());
        if self.root(folder).is_none() {
            return (files, diagnostics);
        }
        for candidate in walk::terraform_files(folder, &self.unsaved, &mut diagnostics) {
            if let Some(text) = self.unsaved.get(&candidate.path) {
                let source = self.sources.add(&candidate.path, Arc::clone(text));
                files.push(File { source, kind: Kind::Terraform });
                continue;
            }
            if self.root(&candidate.path).is_none() {
                diagnostics.push(leads_outside(&candidate.path));
                continue;
            }
            match read::text(&candidate.path) {
                Ok(text) => files.push(File { source: self.sources.add(&candidate.path, text), kind: Kind::Terraform }),
                Err(failure) => diagnostics.push(failure.diagnostic(&candidate.path, &self.sources)),
            }
        }
        (files, diagnostics)
    }

    fn read(&self, path: &Path) -> (Option<Arc<Source>>, Vec<Diagnostic>) {
        match (self.unsaved.get(path), self.root(path)) {
            (_, None) if fs::symlink_metadata(path).is_ok() => (None, vec![leads_outside(path)]),
            (_, None) => (None, Vec::new()),
            (Some(text), Some(_)) => (Some(self.sources.add(path, Arc::clone(text))), Vec::new()),
            (None, Some(_)) => match read::read(path, &self.sources) {
                Ok(source) => (Some(source), Vec::new()),
                Err(diagnostic) => (None, vec![*diagnostic]),
            },
        }
    }

    fn files(&self, folder: &Path) -> Option<Arc<dyn Files>> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let files = ConfinedFiles::new(self.root(folder)?, folder, Arc::clone(&self.sources)).ok()?;
        Some(Arc::new(files.with_unsaved(Arc::clone(&self.unsaved))))
    }
}
