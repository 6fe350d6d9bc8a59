//! Terraform files to evaluated configurations.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Disk, File, guarded};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::parse::hcl::ast::Body;
use crate::parse::{hcl, json};
use crate::source::Source;
use crate::terraform::{self, ConfigFile, Directory, Evaluated, Inputs, Installed, Loader, Request, normalize};

/// Evaluates the configurations that `files` make up, a directory being a module.
pub(super) fn evaluate(files: &[&File], inputs: &Inputs, disk: Option<&dyn Disk>) -> (Vec<Evaluated>, Vec<Diagnostic>) {
    if files.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let parsed: Vec<(ConfigFile, Vec<Diagnostic>)> = files.par_iter().map(|file| parse(&file.source)).collect();
    let mut diagnostics = Vec::new();
    let mut by_folder: FxHashMap<PathBuf, Vec<ConfigFile>> = FxHashMap::default();
    let mut paths = Vec::new();
    for (file, mut problems) in parsed {
        diagnostics.append(&mut problems);
        let folder = normalize(file.source.path.parent().unwrap_or(Path::new("")));
        let files = by_folder.entry(folder.clone()).or_default();
        if files.is_empty() {
            paths.push(folder);
        }
        files.push(file);
    }
    let made: Vec<_> = paths
        .iter()
        .filter_map(|path| Some((path.clone(), by_folder.remove(path)?)))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, files)| (path.clone(), Directory::new(path, files)))
        .collect();
    let mut directories = Directories { known: FxHashMap::default(), disk, read: Mutex::default() };
    for (path, (directory, mut problems)) in made {
        diagnostics.append(&mut problems);
        directories.known.insert(path, Arc::new(directory));
    }
    let request = Request { directories: &paths, loader: &directories, inputs };
    let (evaluated, mut more) = terraform::evaluate(&request);
    diagnostics.append(&mut more);
    let read = directories.read.into_inner().unwrap_or_else(PoisonError::into_inner);
    diagnostics.extend(read.into_values().flat_map(|(_, problems)| problems));
    (evaluated, diagnostics)
}

/// Parses a configuration or variable-values file, in either notation.
pub fn parse(source: &Arc<Source>) -> (ConfigFile, Vec<Diagnostic>) {
    let (body, diagnostics): (Body, _) = guarded(source, || {
        let name = source.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if !name.ends_with(".json") {
            return hcl::parse(source);
        }
        let (document, mut diagnostics) = json::parse(source);
        let (body, mut more) = match name.ends_with(".tfvars.json") {
            true => hcl::json::lower_values(&document),
            false => hcl::json::lower(&document),
        };
        diagnostics.append(&mut more);
        (body, diagnostics)
    });
    (ConfigFile { source: Arc::clone(source), body: Arc::new(body) }, diagnostics)
}

type ReadDirectory = (Option<Arc<Directory>>, Vec<Diagnostic>);

/// The directories that were found, and others as modules ask for them.
struct Directories<'a> {
    known: FxHashMap<PathBuf, Arc<Directory>>,
    disk: Option<&'a dyn Disk>,
    read: Mutex<FxHashMap<PathBuf, ReadDirectory>>,
}

impl Loader for Directories<'_> {
    fn directory(&self, path: &Path) -> Option<Arc<Directory>> {
        if let Some(known) = self.known.get(path) {
            return Some(Arc::clone(known));
        }
        let disk = self.disk?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let (directory, _) = read.entry(path.to_owned()).or_insert_with(|| {
            let (files, mut diagnostics) = disk.terraform_folder(path);
            let mut parsed = Vec::with_capacity(files.len());
            for file in files {
                let (file, mut problems) = parse(&file.source);
                diagnostics.append(&mut problems);
                parsed.push(file);
            }
            if parsed.is_empty() {
                return (None, diagnostics);
            }
            let (directory, mut problems) = Directory::new(path.to_owned(), parsed);
            diagnostics.append(&mut problems);
            (Some(Arc::new(directory)), diagnostics)
        });
        directory.clone()
    }

    fn installed(&self, root: &Path) -> Arc<[Installed]> {
        let manifest = self.disk.and_then(|disk| disk.read(&root.join(".terraform/modules/modules.json")));
        let Some(manifest) = manifest else { return Arc::new([]) };
        Installed::list(&json::parse(&manifest).0).into()
    }

    fn files(&self, root: &Path) -> Option<Arc<dyn Files>> {
        self.disk?.files(root)
    }
}
