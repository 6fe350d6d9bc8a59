//! Texts in place of what is on disk: those of an editor, and standard input under the name of a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::lexical;

/// Texts by the files that they stand for, which need not exist.
#[derive(Clone, Debug, Default)]
pub struct Unsaved {
    /// By absolute path, and by the path without symbolic links if that is another.
    texts: BTreeMap<PathBuf, Arc<str>>,
}

impl Unsaved {
    /// Puts a text in the place of a file's.
    pub fn insert(&mut self, path: &Path, text: impl Into<Arc<str>>) {
        let text = text.into();
        if let Ok(real) = fs::canonicalize(path) {
            self.texts.insert(real, Arc::clone(&text));
        }
        self.texts.insert(absolute(path), text);
    }

    /// The text that stands for a file.
    pub fn get(&self, path: &Path) -> Option<&Arc<str>> {
        // Most runs have none: they need not ask for the working directory.
        if self.texts.is_empty() { None } else { self.texts.get(&absolute(path)) }
    }

    /// The names of the files directly in a folder that a text stands for.
    pub(super) fn names_in(&self, folder: &Path) -> Vec<&std::ffi::OsStr> {
        if self.texts.is_empty() {
            return Vec::new();
        }
        let folder = absolute(folder);
        self.texts.keys().filter(|path| path.parent() == Some(&folder)).filter_map(|path| path.file_name()).collect()
    }
}

fn absolute(path: &Path) -> PathBuf {
    lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}
