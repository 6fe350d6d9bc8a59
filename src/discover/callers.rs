//! The modules that call a module. What they pass decides, so a file of a called module is judged in their light, as it
//! would be if the whole repository were checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::WalkBuilder;
use memchr::memmem;

use super::walk::{TOOL_FOLDERS, is_terraform_path};
use crate::base::lexical;
use crate::config::PathPatterns;
use crate::parallel;

/// How many files and folders of a repository are looked at for calls: what a hook has time for.
const MAX_ENTRIES: usize = 2_500;
/// How many folders may call a module.
const MAX_CALLERS: usize = 64;
/// How much of a file is looked at for calls.
const MAX_BYTES: u64 = 1024 * 1024;

/// The callers of modules, as far as they were asked for: to find them a whole repository is looked at, which is too
/// much for a keystroke. They hold until a file on disk changes.
#[derive(Debug, Default)]
pub struct Callers(Mutex<BTreeMap<BTreeSet<PathBuf>, Found>>);

/// Folders that call, and modules of which they are not known.
type Found = (BTreeSet<PathBuf>, Vec<PathBuf>);

impl Callers {
    /// Forgets what was found.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// As [`callers`], for the same working directory and patterns each time.
    pub(super) fn of(&self, modules: &BTreeSet<PathBuf>, here: &Path, exclude: Option<&PathPatterns>) -> Found {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(modules.clone()).or_insert_with(|| callers(modules, here, exclude)).clone()
    }
}

/// The folders from which calls lead to `modules`, directly or through others, with those of the modules whose callers
/// are too many, or in too large a repository, to be looked at. Only what lies below the working directory `here` counts:
/// relative paths that lead out of it and back again would name the same module twice.
pub(super) fn callers(modules: &BTreeSet<PathBuf>, here: &Path, exclude: Option<&PathPatterns>) -> Found {
    let (mut found, mut beyond) = (BTreeSet::new(), Vec::new());
    let mut repositories: BTreeMap<PathBuf, Option<Calls>> = BTreeMap::new();
    for module in modules {
        let folder = lexical(&here.join(module));
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
        let Some(root) = repository.filter(|_| folder.starts_with(here) && takes_values(&folder)) else { continue };
        let root = if here.starts_with(root) { here } else { root };
        let calls = repositories.entry(root.to_owned()).or_insert_with_key(|root| calls(root, here, exclude));
        match calls.as_ref().and_then(|calls| reaching(&folder, calls)) {
            Some(callers) => found.extend(callers.into_iter().filter(|caller| caller.starts_with(here))),
            None => beyond.push(module.clone()),
        }
    }
    (found, beyond)
}

/// Whether a module may have variables. Without any, its callers decide nothing.
fn takes_values(module: &Path) -> bool {
    let entries = fs::read_dir(module).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|ty| ty.is_file())).map(|entry| entry.path());
    let mut terraform = files.filter(|path| is_terraform_path(path));
    terraform.any(|path| memmem::find(&head(&path), b"variable").is_some())
}

/// The first bytes of a file; nothing if it cannot be read.
fn head(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    match fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)) {
        Ok(_) => bytes,
        Err(_) => Vec::new(),
    }
}

/// Called folder to calling folders.
type Calls = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The calls of local modules below a folder, unless it holds too much.
fn calls(root: &Path, here: &Path, exclude: Option<&PathPatterns>) -> Option<Calls> {
    let mut files = Vec::new();
    let tool = |name: &std::ffi::OsStr| name.to_str().is_some_and(|name| TOOL_FOLDERS.contains(&name));
    let mut builder = WalkBuilder::new(root);
    builder
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .filter_entry(move |entry| !tool(entry.file_name()));
    for (entry, count) in builder.build().zip(0..) {
        if count > MAX_ENTRIES {
            return None;
        }
        let Ok(entry) = entry else { continue };
        let is_file = entry.file_type().is_some_and(|ty| ty.is_file());
        let shown = entry.path().strip_prefix(here).unwrap_or(entry.path());
        let excluded = || exclude.is_some_and(|patterns| patterns.matches(shown));
        if is_file && is_terraform_path(entry.path()) && !excluded() {
            files.push(entry.into_path());
        }
    }
    let called: Vec<Vec<PathBuf>> = parallel::map(&files, |file| called(file));
    let mut calls = Calls::new();
    for (file, called) in files.iter().zip(called) {
        for called in called {
            calls.entry(called).or_default().extend(file.parent().map(Path::to_owned));
        }
    }
    Some(calls)
}

/// The folders that a file names as local modules.
fn called(file: &Path) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(""));
    local_paths(&head(file)).into_iter().map(|path| lexical(&folder.join(path))).collect()
}

/// The strings in a text that are paths as local modules have them: `"./a"`, `"../b"`.
fn local_paths(text: &[u8]) -> Vec<&str> {
    let starts = memmem::find_iter(text, "\"./").chain(memmem::find_iter(text, "\"../"));
    let path = |start: usize| {
        let rest = text.get(start + 1..)?;
        let end = memchr::memchr2(b'"', b'\n', rest).filter(|end| rest.get(*end) == Some(&b'"'))?;
        std::str::from_utf8(rest.get(..end)?).ok()
    };
    starts.filter_map(path).collect()
}

/// The folders from which calls lead to `folder`, unless they are too many.
fn reaching(folder: &Path, calls: &Calls) -> Option<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder];
    while let Some(called) = open.pop() {
        for caller in calls.get(called).into_iter().flatten() {
            if found.insert(caller.clone()) {
                open.push(caller);
            }
        }
        if found.len() > MAX_CALLERS {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_local_modules_are_seen_in_either_notation() {
        let text = b"module \"a\" { source = \"./a\" }\n{\"source\": \"../b/c\"}\nx = \"./open\ny = \"a/./b\"";
        assert_eq!(local_paths(text), ["./a", "../b/c"]);
    }

    #[test]
    fn callers_are_followed_upwards_and_in_circles() {
        let folder = |name: &str| PathBuf::from(name);
        let call = |called: &str, callers: &[&str]| (folder(called), callers.iter().map(|c| folder(c)).collect());
        let calls = Calls::from([call("c", &["b"]), call("b", &["a", "c"]), call("other", &["a"])]);
        assert_eq!(reaching(Path::new("c"), &calls), Some(["a", "b", "c"].map(folder).into()));
        assert_eq!(reaching(Path::new("a"), &calls), Some(BTreeSet::new()));
        let many: BTreeSet<PathBuf> = (0..=MAX_CALLERS).map(|n| PathBuf::from(n.to_string())).collect();
        assert_eq!(reaching(Path::new("m"), &Calls::from([(folder("m"), many)])), None);
    }
}
