//! Terraform files to evaluated configurations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::{Disk, File, guarded};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::parallel;
use crate::parse::hcl::ast::Body;
use crate::parse::{hcl, json};
use crate::source::Source;
use crate::terraform::{self, ConfigFile, Directory, Evaluated, Inputs, Installed, Loader, Request, normalize};

/// Folders with more files than this are parsed by all processors together.
const MANY_FILES: usize = 8;

/// Evaluates the configurations that `files` make up, a directory being a module, and hands each root module to `then`
/// as soon as it is there.
pub(super) fn evaluate<T: Send>(
    files: &[&File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    then: &(dyn Fn(Evaluated) -> T + Sync),
) -> (Vec<T>, Vec<Diagnostic>) {
    if files.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut paths = Vec::new();
    let mut known: FxHashMap<PathBuf, Folder> = FxHashMap::default();
    for file in files {
        let path = normalize(file.source.path.parent().unwrap_or(Path::new("")));
        let folder = known.entry(path.clone()).or_default();
        if folder.sources.is_empty() {
            paths.push(path);
        }
        folder.sources.push(Arc::clone(&file.source));
    }
    parallel::map(&paths, |path| known.get(path).map(|folder| folder.prepare(path)));
    let directories = Directories { known, disk, read: Mutex::default(), manifests: Mutex::default() };
    let (evaluated, mut more) =
        terraform::evaluate(&Request { directories: &paths, loader: &directories, inputs }, then);
    let mut diagnostics = Vec::new();
    for path in &paths {
        diagnostics.extend(directories.known.get(path).into_iter().flat_map(Folder::diagnostics));
    }
    diagnostics.append(&mut more);
    let read = directories.read.into_inner().unwrap_or_else(PoisonError::into_inner);
    diagnostics.extend(read.into_values().flat_map(|(_, problems)| problems));
    let manifests = directories.manifests.into_inner().unwrap_or_else(PoisonError::into_inner);
    diagnostics.extend(manifests.into_values().flatten());
    (evaluated, diagnostics)
}

/// Evaluates the configuration whose root module is a folder.
pub(super) fn evaluate_folder(folder: &Path, inputs: &Inputs, disk: &dyn Disk) -> (Option<Evaluated>, Vec<Diagnostic>) {
    let (files, mut diagnostics) = disk.terraform_folder(folder);
    let files: Vec<&File> = files.iter().collect();
    let (evaluated, mut more) = evaluate(&files, inputs, Some(disk), &|evaluated| evaluated);
    diagnostics.append(&mut more);
    (evaluated.into_iter().find(|configuration| configuration.root == folder), diagnostics)
}

/// Parses a configuration or variable-values file, in either notation.
pub fn parse(source: &Arc<Source>) -> (ConfigFile, Vec<Diagnostic>) {
    let (body, diagnostics): (Body, _) = guarded(source, || {
        let name = source.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        // Of a file that was recognised by its content the name says nothing.
        let says_nothing = !crate::discover::is_terraform(&source.path);
        let in_braces = || source.text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        let is_json = name.ends_with(".json") || says_nothing && in_braces();
        if !is_json {
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

/// A folder that was found. It is parsed when its turn comes, so that only what is being worked on takes memory.
#[derive(Default)]
struct Folder {
    sources: Vec<Arc<Source>>,
    may_call: OnceLock<bool>,
    directory: Mutex<Option<Arc<Directory>>>,
    /// What parsing it had to say.
    diagnostics: OnceLock<Vec<Diagnostic>>,
}

impl Folder {
    /// Finds out whether it may call modules, and parses it if that or its size asks for it.
    fn prepare(&self, path: &Path) {
        if self.may_call() || self.sources.len() > MANY_FILES {
            let made = self.made(path, parallel::map(&self.sources, parse));
            *self.directory.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
        }
    }

    /// Whether the word is in it.
    fn may_call(&self) -> bool {
        *self.may_call.get_or_init(|| {
            let module = memmem::Finder::new("module");
            self.sources.iter().any(|source| module.find(source.text.as_bytes()).is_some())
        })
    }

    fn directory(&self, path: &Path) -> Arc<Directory> {
        let mut directory = self.directory.lock().unwrap_or_else(PoisonError::into_inner);
        let made = directory.get_or_insert_with(|| self.made(path, self.sources.iter().map(parse).collect()));
        Arc::clone(made)
    }

    fn made(&self, path: &Path, parsed: Vec<(ConfigFile, Vec<Diagnostic>)>) -> Arc<Directory> {
        let (directory, diagnostics) = directory(path, parsed);
        self.diagnostics.get_or_init(|| diagnostics);
        Arc::new(directory)
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.get().cloned().unwrap_or_default()
    }
}

/// A directory of parsed files, with all that is wrong with them.
fn directory(path: &Path, parsed: Vec<(ConfigFile, Vec<Diagnostic>)>) -> (Directory, Vec<Diagnostic>) {
    let (files, problems): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    let (directory, mut more) = Directory::new(path.to_owned(), files);
    let mut diagnostics: Vec<Diagnostic> = problems.into_iter().flatten().collect();
    diagnostics.append(&mut more);
    (directory, diagnostics)
}

type ReadDirectory = (Option<Arc<Directory>>, Vec<Diagnostic>);

/// The directories that were found, and others as modules ask for them.
struct Directories<'a> {
    known: FxHashMap<PathBuf, Folder>,
    disk: Option<&'a dyn Disk>,
    /// In the order of their paths, since threads ask for them in any.
    read: Mutex<BTreeMap<PathBuf, ReadDirectory>>,
    /// What is wrong with the manifests of installed modules, by root module.
    manifests: Mutex<BTreeMap<PathBuf, Vec<Diagnostic>>>,
}

impl Loader for Directories<'_> {
    fn directory(&self, path: &Path) -> Option<Arc<Directory>> {
        if let Some(known) = self.known.get(path) {
            return Some(known.directory(path));
        }
        let disk = self.disk?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let (made, _) = read.entry(path.to_owned()).or_insert_with(|| {
            let (files, mut diagnostics) = disk.terraform_folder(path);
            if files.is_empty() {
                return (None, diagnostics);
            }
            let (made, mut problems) = directory(path, files.iter().map(|file| parse(&file.source)).collect());
            diagnostics.append(&mut problems);
            (Some(Arc::new(made)), diagnostics)
        });
        made.clone()
    }

    fn may_call(&self, path: &Path) -> bool {
        self.known.get(path).is_none_or(Folder::may_call)
    }

    fn release(&self, path: &Path) {
        if let Some(folder) = self.known.get(path) {
            folder.directory.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    fn installed(&self, root: &Path) -> Arc<[Installed]> {
        let Some(disk) = self.disk else { return Arc::new([]) };
        let (manifest, mut diagnostics) = disk.read(&root.join(".terraform/modules/modules.json"));
        let parsed = manifest.map(|manifest| json::parse(&manifest));
        let installed = parsed.map(|(node, mut problems)| {
            diagnostics.append(&mut problems);
            Installed::list(&node)
        });
        if !diagnostics.is_empty() {
            let mut manifests = self.manifests.lock().unwrap_or_else(PoisonError::into_inner);
            manifests.insert(root.to_owned(), diagnostics);
        }
        installed.unwrap_or_default().into()
    }

    fn files(&self, root: &Path) -> Option<Arc<dyn Files>> {
        self.disk?.files(root)
    }
}
