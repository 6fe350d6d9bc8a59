//! Telling the editor what is found in each file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams};

use super::documents::Documents;
use super::modules::Module;

/// What a module has to say, by file.
pub(super) type Said = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// What was told last, by file.
#[derive(Default)]
pub(super) struct Published(BTreeMap<PathBuf, PublishDiagnosticsParams>);

impl Published {
    /// What to tell now: of every file of which something else is to be said than last, and of each text that has a new
    /// version. A file of which nothing is said any more is told as clean.
    pub(super) fn update(
        &mut self,
        said: &BTreeMap<Module, Said>,
        documents: &Documents,
    ) -> Vec<PublishDiagnosticsParams> {
        let judged = documents.paths().filter(|path| said.contains_key(&Module::of(path)));
        let mut files: BTreeSet<PathBuf> = judged.map(Path::to_owned).collect();
        files.extend(said.values().flat_map(|said| said.keys().cloned()));
        files.extend(self.0.keys().cloned());
        let mut news = Vec::new();
        for path in files {
            let document = documents.get(&path);
            let params = PublishDiagnosticsParams {
                uri: documents.uri(&path),
                version: document.map(|document| document.version),
                diagnostics: joined(&path, said),
            };
            let is_clean = params.diagnostics.is_empty() && document.is_none();
            if is_clean {
                // The name that the editor knows it by may have been its own.
                if let Some(last) = self.0.remove(&path).filter(|last| !last.diagnostics.is_empty()) {
                    news.push(PublishDiagnosticsParams { uri: last.uri, ..params });
                }
            } else if self.0.get(&path) != Some(&params) {
                self.0.insert(path, params.clone());
                news.push(params);
            }
        }
        news
    }
}

/// What all modules say of a file: its own first, and nothing twice.
fn joined(path: &Path, said: &BTreeMap<Module, Said>) -> Vec<Diagnostic> {
    let own = Module::of(path);
    let others = said.iter().filter(|(module, _)| **module != own).map(|(_, said)| said);
    let mut joined: Vec<Diagnostic> = Vec::new();
    for diagnostic in said.get(&own).into_iter().chain(others).filter_map(|said| said.get(path)).flatten() {
        let same = |other: &Diagnostic| {
            (&other.range, &other.code, &other.message) == (&diagnostic.range, &diagnostic.code, &diagnostic.message)
        };
        if !joined.iter().any(same) {
            joined.push(diagnostic.clone());
        }
    }
    joined
}
