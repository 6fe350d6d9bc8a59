//! Access to the files that a configuration names, confined to a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use globset::GlobBuilder;
use rustc_hash::FxHashMap;

use super::Unsaved;
use super::read::{self, Failure};
use crate::base::lexical;
use crate::files::Files;
use crate::source::{MAX_FILE_BYTES, Source, Sources};

/// How many files and folders one [`Files::glob`] looks at.
const MAX_GLOB_ENTRIES: usize = 100_000;

/// How deep one [`Files::glob`] goes.
const MAX_GLOB_DEPTH: usize = 64;

/// Reads files below a root: what lies outside, or is reached by a symbolic link that leads outside, is refused.
pub struct ConfinedFiles {
    /// The root without symbolic links.
    root: PathBuf,
    /// The folder that paths are relative to, without symbolic links.
    folder: PathBuf,
    /// The folder as the user should see it.
    shown: PathBuf,
    sources: Arc<Sources>,
    unsaved: Arc<Unsaved>,
    /// What was read as text before.
    read: Mutex<FxHashMap<PathBuf, Arc<Source>>>,
}

impl ConfinedFiles {
    /// Access to the files below `root` by paths relative to `folder`; texts become part of `sources`.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn new(root: &Path, folder: &Path, sources: Arc<Sources>) -> std::io::Result<Self> {
        Ok(ConfinedFiles {
            root: fs::canonicalize(root)?,
            folder: fs::canonicalize(folder)?,
            shown: folder.to_owned(),
            sources,
            unsaved: Arc::default(),
            read: Mutex::default(),
        })
    }

    /// The same with texts in place of files.
    pub(super) fn with_unsaved(mut self, unsaved: Arc<Unsaved>) -> Self {
        self.unsaved = unsaved;
        self
    }

    /// The file or folder at `path`, without symbolic links. `None`: there is nothing.
    fn resolve(&self, path: &str) -> Result<Option<PathBuf>, String> {
        let outside = || format!("{path} is outside of the folder that may be read");
        if path.contains('\0') {
            return Err(format!("{path:?} is not a path"));
        }
        // The names alone first, so that nothing can be learned about what is outside.
        let named = lexical(&self.folder.join(path));
        if !named.starts_with(&self.root) {
            return Err(outside());
        }
        match fs::canonicalize(&named) {
            Ok(real) if real.starts_with(&self.root) => Ok(Some(real)),
            Ok(_) => Err(outside()),
            Err(_) => Ok(None),
        }
    }

    fn file(&self, path: &str) -> Result<PathBuf, String> {
        self.resolve(path)?.ok_or_else(|| format!("there is no file {path}"))
    }
}

impl Files for ConfinedFiles {
    fn read(&self, path: &str) -> Result<Arc<Source>, String> {
        let real = self.file(path)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = read.get(&real) {
            return Ok(Arc::clone(source));
        }
        let text = match self.unsaved.get(&real) {
            Some(text) => Arc::clone(text),
            None => read::text(&real).map_err(|failure| phrase(path, &failure))?.into(),
        };
        let source = self.sources.add_once(&lexical(&self.shown.join(path)), text);
        read.insert(real, Arc::clone(&source));
        Ok(source)
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        read::bytes(&self.file(path)?, MAX_FILE_BYTES).map_err(|failure| phrase(path, &failure))
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        Ok(self.resolve(path)?.is_some_and(|real| real.is_file()))
    }

    fn glob(&self, folder: &str, pattern: &str) -> Result<Vec<String>, String> {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let matcher = glob.map_err(|error| format!("{pattern} is no pattern: {}", error.kind()))?.compile_matcher();
        let Some(start) = self.resolve(folder)? else { return Err(format!("there is no folder {folder}")) };
        let mut found = Vec::new();
        let mut open = vec![(start, PathBuf::new(), 0)];
        let mut entries = 0;
        while let Some((real, relative, depth)) = open.pop() {
            let listing = fs::read_dir(&real).map_err(|error| format!("{folder} cannot be read: {error}"))?;
            for entry in listing.filter_map(Result::ok) {
                entries += 1;
                if entries > MAX_GLOB_ENTRIES || depth > MAX_GLOB_DEPTH {
                    return Err(format!("there are too many files below {folder}"));
                }
                let relative = relative.join(entry.file_name());
                match entry.file_type() {
                    Ok(ty) if ty.is_dir() => open.push((entry.path(), relative, depth + 1)),
                    Ok(ty) if !(ty.is_file() || ty.is_symlink() && self.is_file_within(&entry.path())) => {}
                    Ok(_) if matcher.is_match(&relative) => found.extend(relative.to_str().map(str::to_owned)),
                    _ => {}
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

impl ConfinedFiles {
    /// Whether a symbolic link leads to a regular file below the root.
    fn is_file_within(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|real| real.starts_with(&self.root) && real.is_file())
    }
}

fn phrase(path: &str, failure: &Failure) -> String {
    match failure {
        Failure::Io(error) => format!("{path} cannot be read: {error}"),
        Failure::NotAFile(what) => format!("{path} is {what}, not a file"),
        Failure::TooLarge(_) => format!("{path} is too large"),
        Failure::Utf16 { .. } | Failure::NotText { .. } => format!("{path} is not UTF-8 text"),
    }
}
