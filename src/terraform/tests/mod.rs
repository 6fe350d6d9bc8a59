//! Whole configurations, from text to values.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod bounds;
mod ephemeral;
mod inputs;
mod instances;
mod language;
mod modules;
mod place;
mod plans;
mod policy_documents;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use super::{ConfigFile, Directory, Evaluated, Inputs, Installed, Loader, Request, evaluate, normalize, values};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::parse::hcl;
use crate::resource::Resource;
use crate::source::{Source, Sources};

/// Files that exist in memory only.
#[derive(Default)]
struct Memory {
    sources: Sources,
    directories: BTreeMap<PathBuf, Arc<Directory>>,
    installed: Vec<Installed>,
    inputs: Inputs,
    diagnostics: Vec<Diagnostic>,
}

impl Memory {
    /// Files by path; directories that hold none are not known.
    fn new(files: &[(&str, &str)]) -> Self {
        let mut memory = Memory::default();
        let mut by_folder: BTreeMap<PathBuf, Vec<ConfigFile>> = BTreeMap::new();
        for (path, text) in files {
            let file = memory.parse(path, text);
            let folder = normalize(Path::new(path).parent().unwrap());
            by_folder.entry(folder).or_default().push(file);
        }
        for (path, files) in by_folder {
            let (directory, problems) = Directory::new(path.clone(), files);
            memory.diagnostics.extend(problems);
            memory.directories.insert(path, Arc::new(directory));
        }
        memory
    }

    fn parse(&mut self, path: &str, text: &str) -> ConfigFile {
        let source: Arc<Source> = self.sources.add(path, text);
        let (body, problems) = hcl::parse(&source);
        self.diagnostics.extend(problems);
        ConfigFile { source, body: Arc::new(body) }
    }

    /// Evaluates all directories but those that `terraform init` makes.
    fn run(&self) -> Run {
        let found = self.directories.keys().filter(|path| !path.starts_with(".terraform"));
        let directories: Vec<PathBuf> = found.cloned().collect();
        let request = Request { directories: &directories, loader: self, inputs: &self.inputs };
        let (evaluated, diagnostics) = evaluate(&request, &|evaluated| evaluated);
        Run { json: values(&evaluated), evaluated, diagnostics }
    }
}

impl Loader for Memory {
    fn directory(&self, path: &Path) -> Option<Arc<Directory>> {
        self.directories.get(path).cloned()
    }

    fn installed(&self, _: &Path) -> Arc<[Installed]> {
        self.installed.clone().into()
    }

    fn files(&self, _: &Path) -> Option<Arc<dyn Files>> {
        None
    }
}

/// What an evaluation gave.
struct Run {
    evaluated: Vec<Evaluated>,
    json: Json,
    diagnostics: Vec<Diagnostic>,
}

impl Run {
    fn resource(&self, address: &str) -> &Resource {
        let mut all = self.evaluated.iter().flat_map(|one| &one.unit.resources);
        all.find(|resource| &*resource.address == address).unwrap_or_else(|| panic!("no {address}"))
    }

    fn addresses(&self) -> Vec<&str> {
        let all = self.evaluated.iter().flat_map(|one| &one.unit.resources);
        all.map(|resource| &*resource.address).collect()
    }

    fn output(&self, name: &str) -> &Json {
        &self.json["outputs"][name]
    }

    fn messages(&self) -> Vec<&str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
    }
}

/// Evaluates one file.
fn run(text: &str) -> Run {
    Memory::new(&[("main.tf", text)]).run()
}
