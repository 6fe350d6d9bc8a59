//! Which files there are.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashSet;

use super::callers::callers;
use super::name::{ByName, by_name, by_name_of_asked, is_loaded_values, is_settings, is_terraform, replacement};
use super::{Options, Reason, STDIN, Skipped, Unsaved};
use crate::base::lexical;
use crate::config::PathPatterns;
use crate::diagnostic::{Code, Diagnostic, Level};

/// Folders that are never entered on the way, though they may be named.
pub(super) const TOOL_FOLDERS: [&str; 3] = [".git", ".terraform", "node_modules"];

/// A file that may be one of ours.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its path as the user should see it.
    pub(super) path: PathBuf,
    /// What its name says.
    pub(super) name: ByName,
    /// Whether it only stands beside a named one.
    pub(super) context: bool,
    /// The path of the file that it leads to, if it is a symbolic link.
    pub(super) target: Option<PathBuf>,
}

/// What a walk finds.
#[derive(Default, Debug)]
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn skip(&mut self, path: PathBuf, reason: Reason) {
        self.skipped.push(Skipped { path, reason });
    }

    fn fail(&mut self, path: PathBuf, message: impl Into<String>) {
        let mut diagnostic = Diagnostic::new(Level::Error, Code::Unreadable, message);
        diagnostic.path = Some(path);
        self.diagnostics.push(diagnostic);
    }

    fn meet(&mut self, path: PathBuf, name: &OsStr, target: Option<PathBuf>) {
        match by_name(name) {
            Ok(name) => self.candidates.push(Candidate { path, name, context: false, target }),
            Err(reason) => self.skip(path, reason),
        }
    }
}

/// The files at `paths` and below, in the order of their paths, each once.
pub(super) fn candidates(paths: &[PathBuf], options: Options<'_>) -> Found {
    let here = std::env::current_dir().ok();
    let here = here.as_deref();
    let mut found = Found::default();
    let mut modules: BTreeSet<PathBuf> = BTreeSet::new();
    let paths = paths.iter().filter(|path| path.as_os_str() != STDIN).map(|path| plain(path, here));
    for path in paths.collect::<BTreeSet<PathBuf>>().iter() {
        let shown = shown(path, here);
        let mut meet = || {
            modules.extend(module(path));
            let name = by_name_of_asked(path.file_name().unwrap_or_default());
            Candidate { path: shown.clone(), name, context: false, target: None }
        };
        let unsaved = options.unsaved(path).is_some();
        match fs::metadata(path) {
            Err(error) if !unsaved => found.fail(shown, format!("cannot be read: {error}")),
            _ if options.force_exclude && options.excludes(&shown) => found.skip(shown, Reason::Excluded),
            _ if unsaved => found.candidates.push(meet()),
            Ok(metadata) if metadata.is_dir() => walk(path, here, None, options, &mut found),
            Ok(metadata) if metadata.is_file() => found.candidates.push(meet()),
            _ => found.fail(shown, "is a device, pipe or socket, not a file"),
        }
    }
    if options.context {
        let find = |here: &Path| match options.callers {
            Some(known) => known.of(&modules, here, options.exclude),
            None => callers(&modules, here, options.exclude),
        };
        let (callers, beyond) = here.map(find).unwrap_or_default();
        for folder in modules.iter().chain(&callers) {
            let context = !(options.whole_modules && modules.contains(folder));
            let beside = beside(folder, here, options).into_iter();
            found.candidates.extend(beside.map(|candidate| Candidate { context, ..candidate }));
        }
        for module in beyond {
            let message = "is called from too many folders, or lies among too many files to look for calls; \
                           it is judged without what is passed to it";
            let mut diagnostic = Diagnostic::new(Level::Note, Code::Limit, message);
            diagnostic.path = Some(self::shown(&module, here));
            found.diagnostics.push(diagnostic);
        }
    }
    // A file that is named counts as named, even if its folder is walked too.
    let rank = |candidate: &Candidate| (candidate.context, Reverse(candidate.name as u8));
    found.candidates.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| rank(a).cmp(&rank(b))));
    found.candidates.dedup_by(|a, b| {
        let same = a.path == b.path;
        if same && b.target.is_none() {
            b.target = a.target.take();
        }
        same
    });
    found.skipped.dedup();
    found.diagnostics.sort_by(|a, b| a.path.cmp(&b.path));
    leave_replaced(&mut found);
    found
}

/// The folder of a Terraform file: the module that it is part of.
fn module(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|_| is_terraform_path(path))?;
    Some(if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

/// The Terraform files directly in a folder, as context.
fn beside(folder: &Path, here: Option<&Path>, options: Options<'_>) -> Vec<Candidate> {
    // In a folder that is excluded as a whole, a named file keeps its context.
    let exclude = options.exclude.filter(|patterns| !patterns.matches_folder(&shown(folder, here)));
    let mut found = Found::default();
    let options = Options { exclude, ..options };
    walk(folder, here, Some(1), options, &mut found);
    let unsaved = unsaved_beside(folder, options).into_iter().map(|path| shown(&path, here));
    let unsaved = unsaved.filter(|path| !options.excludes(path));
    found.candidates.extend(unsaved.map(|path| Candidate {
        path,
        name: ByName::Terraform,
        context: true,
        target: None,
    }));
    let terraform = found.candidates.into_iter().filter(|candidate| candidate.name == ByName::Terraform);
    terraform.map(|candidate| Candidate { context: true, ..candidate }).collect()
}

/// The Terraform files directly in a folder whose text is not on disk.
fn unsaved_beside(folder: &Path, options: Options<'_>) -> Vec<PathBuf> {
    let names = options.unsaved.map(|unsaved| unsaved.names_in(folder)).unwrap_or_default();
    names.into_iter().map(|name| folder.join(name)).filter(|path| is_terraform_path(path)).collect()
}

/// Whether Terraform or OpenTofu reads a file at this path.
pub(super) fn is_terraform_path(path: &Path) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(is_terraform)
}

/// The Terraform files directly in `folder`, those with an unsaved text included.
pub(super) fn terraform_files(folder: &Path, unsaved: &Unsaved, diagnostics: &mut Vec<Diagnostic>) -> Vec<Candidate> {
    let mut found = Found::default();
    match fs::read_dir(folder) {
        Err(error) => found.fail(folder.to_owned(), format!("cannot be read: {error}")),
        Ok(entries) => {
            let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
            let mut files = Vec::new();
            for path in paths.filter(|path| is_terraform_path(path) && unsaved.get(path).is_none()) {
                match fs::metadata(&path) {
                    Ok(metadata) if metadata.is_file() => files.push(path),
                    Ok(_) => found.fail(path, "is a folder, device, pipe or socket, not a file"),
                    Err(error) => found.fail(path, format!("cannot be read: {error}")),
                }
            }
            let options = Options { unsaved: Some(unsaved), ..Options::default() };
            let files = files.into_iter().chain(unsaved_beside(folder, options));
            found.candidates =
                files.map(|path| Candidate { path, name: ByName::Terraform, context: false, target: None }).collect();
        }
    }
    found.candidates.sort_by(|a, b| a.path.cmp(&b.path));
    found.candidates.dedup_by(|a, b| a.path == b.path);
    leave_replaced(&mut found);
    diagnostics.append(&mut found.diagnostics);
    found.candidates
}

/// Takes out the files in whose place OpenTofu reads others.
fn leave_replaced(found: &mut Found) {
    let is_tofu = |candidate: &&Candidate| candidate.path.to_string_lossy().contains(".tofu");
    let tofu: FxHashSet<PathBuf> = found.candidates.iter().filter(is_tofu).map(|c| c.path.clone()).collect();
    if tofu.is_empty() {
        return;
    }
    let (skipped, kept) = std::mem::take(&mut found.candidates)
        .into_iter()
        .partition(|candidate| by(candidate).is_some_and(|by| tofu.contains(&candidate.path.with_file_name(by))));
    found.candidates = kept;
    let skipped: Vec<Candidate> = skipped;
    for candidate in skipped.into_iter().filter(|candidate| !candidate.context) {
        let by = by(&candidate).unwrap_or_default();
        found.skip(candidate.path, Reason::Replaced(by));
    }
}

fn by(candidate: &Candidate) -> Option<String> {
    replacement(candidate.path.file_name()?.to_str()?)
}

/// The path relative to the working directory, if it is below, without `./`.
fn shown(path: &Path, here: Option<&Path>) -> PathBuf {
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let shown: PathBuf = path.components().filter(|component| *component != Component::CurDir).collect();
    if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown }
}

/// The path by which a file is named however it is reached, so that it is read once: without `..`, and relative to the
/// working directory if it is below.
fn plain(path: &Path, here: Option<&Path>) -> PathBuf {
    let leads_back = path.components().any(|component| component == Component::ParentDir);
    let elsewhere = path.is_absolute() && !here.is_some_and(|here| path.starts_with(here));
    if !leads_back && !elsewhere {
        return path.to_owned();
    }
    // The name itself stays: a symbolic link is a file of its own in the folder that it lies in.
    let real = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => {
            fs::canonicalize(".").map(|real| real.join(name))
        }
        (Some(folder), Some(name)) => fs::canonicalize(folder).map(|real| real.join(name)),
        _ => fs::canonicalize(path),
    };
    let Ok(real) = real else { return path.to_owned() };
    let below = here.and_then(|here| real.strip_prefix(here).ok());
    match below {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below.to_owned(),
        None => {
            let named = lexical(path);
            // A symbolic link on the way leads `..` to another place than the names say.
            let same = leads_back && fs::canonicalize(&named).ok() == fs::canonicalize(path).ok();
            if same { named } else { path.to_owned() }
        }
    }
}

/// Walks one folder, so many levels deep. What the configuration excludes is left out below it, not the folder itself: it
/// was named.
fn walk(root: &Path, here: Option<&Path>, depth: Option<usize>, options: Options<'_>, found: &mut Found) {
    let target = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let scanned = Scanned { root, target: &target };
    let exclude = options.exclude.map(|patterns| patterns.below(&shown(root, here)));
    let options = Options { exclude: exclude.as_ref(), ..options };
    let passed_over: Arc<Mutex<Vec<Skipped>>> = Arc::default();
    let mut builder = WalkBuilder::new(root);
    builder.hidden(false).require_git(false).follow_links(false).max_depth(depth);
    // Only `.gitignore` and the configuration say what is no concern: what a user ignores everywhere, or in one clone, is no
    // part of the repository, and a `.ignore` for the search tools of editors must not switch the run off.
    builder.ignore(false).git_global(false).git_exclude(false);
    builder.filter_entry({
        let (here, exclude) = (here.map(Path::to_owned), exclude.clone());
        let passed_over = Arc::clone(&passed_over);
        move |entry| {
            let path = shown(entry.path(), here.as_deref());
            let Some(reason) = not_entered(entry, &path, exclude.as_ref()) else { return true };
            passed_over.lock().unwrap_or_else(PoisonError::into_inner).push(Skipped { path, reason });
            false
        }
    });
    let (mut met, mut entered): (FxHashSet<PathBuf>, Vec<PathBuf>) = Default::default();
    // Reading takes the time, not walking: a second thread would mostly wait.
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                met.insert(shown(entry.path(), here));
                let is_folder = entry.depth() == 0 || entry.file_type().is_some_and(|ty| ty.is_dir());
                if is_folder && depth.is_none_or(|depth| entry.depth() < depth) {
                    entered.push(entry.path().to_owned());
                }
                meet(&entry, here, &scanned, options, found);
            }
            Err(error) => {
                let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                let path = place(&error).map_or_else(|| root.to_owned(), |path| shown(path, here));
                found.fail(path, format!("cannot be read: {message}"));
            }
        }
    }
    let mut passed_over = std::mem::take(&mut *passed_over.lock().unwrap_or_else(PoisonError::into_inner));
    met.extend(passed_over.iter().map(|skipped| skipped.path.clone()));
    found.skipped.append(&mut passed_over);
    let modules: FxHashSet<PathBuf> = found.candidates.iter().filter_map(configured_folder).collect();
    for folder in entered {
        let has_module = modules.contains(shown(&folder, here).as_path());
        for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
            let path = shown(&entry.path(), here);
            if !met.contains(&path) {
                ignored(&entry, here, has_module, &scanned, options, found);
            }
        }
    }
}

/// The folder of a candidate that is Terraform configuration, not values.
fn configured_folder(candidate: &Candidate) -> Option<PathBuf> {
    let name = candidate.path.file_name()?.to_str()?;
    let is_values = name.ends_with(".tfvars") || name.ends_with(".tfvars.json");
    (candidate.name == ByName::Terraform && !is_values).then(|| match candidate.path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    })
}

/// Files away what the walk left out because git ignores it. The values that Terraform loads in a module are often ignored,
/// and decide all the same.
fn ignored(
    entry: &fs::DirEntry,
    here: Option<&Path>,
    in_module: bool,
    scanned: &Scanned<'_>,
    options: Options<'_>,
    found: &mut Found,
) {
    let path = shown(&entry.path(), here);
    let (name, ty) = (entry.file_name(), entry.file_type().ok());
    let is_folder = ty.is_some_and(|ty| ty.is_dir());
    let excluded = |patterns: &PathPatterns| match is_folder {
        true => patterns.matches_folder(&path),
        false => patterns.matches(&path),
    };
    match name.to_str().unwrap_or("") {
        text if is_settings(text) => found.skip(path, Reason::Settings),
        text if is_folder && TOOL_FOLDERS.contains(&text) => found.skip(path, Reason::ToolFolder),
        _ if options.exclude.is_some_and(excluded) => found.skip(path, Reason::Excluded),
        text if in_module && is_loaded_values(text) && ty.is_some_and(|ty| ty.is_symlink()) => {
            follow(&entry.path(), path, here, scanned, found);
        }
        text if in_module && is_loaded_values(text) && ty.is_some_and(|ty| ty.is_file()) => {
            found.meet(path, &name, None);
        }
        _ => found.skip(path, Reason::Ignored),
    }
}

/// The path that an error of the walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// Why a folder below the one that is walked is not entered, if it is not.
fn not_entered(entry: &DirEntry, path: &Path, exclude: Option<&PathPatterns>) -> Option<Reason> {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|ty| ty.is_dir()) {
        return None;
    }
    match entry.file_name().to_str().unwrap_or("") {
        tool if TOOL_FOLDERS.contains(&tool) => Some(Reason::ToolFolder),
        name if name.starts_with('.') => Some(Reason::Hidden),
        _ => exclude.filter(|patterns| patterns.matches_folder(path)).map(|_| Reason::Excluded),
    }
}

/// A folder that is walked.
struct Scanned<'a> {
    root: &'a Path,
    /// The same without symbolic links.
    target: &'a Path,
}

/// Files away one entry of the walk.
fn meet(entry: &DirEntry, here: Option<&Path>, scanned: &Scanned<'_>, options: Options<'_>, found: &mut Found) {
    let path = shown(entry.path(), here);
    let (name, ty) = (entry.file_name(), entry.file_type());
    let Some(ty) = ty.filter(|_| entry.depth() > 0) else { return };
    let is_terraform = name.to_str().is_some_and(is_terraform);
    if ty.is_dir() {
        if is_terraform {
            found.fail(path, "is a folder, though its name is that of a Terraform file");
        }
    } else if options.exclude.is_some_and(|patterns| patterns.matches(&path)) {
        found.skip(path, Reason::Excluded);
    } else if ty.is_symlink() {
        follow(entry.path(), path, here, scanned, found);
    } else if ty.is_file() {
        found.meet(path, name, None);
    } else if is_terraform {
        found.fail(path, "is a device, pipe or socket, not a file");
    } else {
        found.skip(path, Reason::Special);
    }
}

/// A symbolic link counts as the file that it leads to, within what is scanned.
fn follow(link: &Path, path: PathBuf, here: Option<&Path>, scanned: &Scanned<'_>, found: &mut Found) {
    let name = link.file_name().unwrap_or_default();
    let target = fs::canonicalize(link).and_then(|target| Ok((fs::metadata(&target)?, target)));
    match target {
        Err(error) => match by_name(name) {
            Ok(ByName::Terraform | ByName::Content) => {
                found.fail(path, format!("is a symbolic link that leads nowhere: {error}"));
            }
            Ok(_) => found.skip(path, Reason::Name),
            Err(reason) => found.skip(path, reason),
        },
        Ok((metadata, _)) if metadata.is_dir() => found.skip(path, Reason::FolderLink),
        Ok((metadata, _)) if !metadata.is_file() => found.skip(path, Reason::Special),
        Ok((_, target)) => match target.strip_prefix(scanned.target) {
            Ok(below) => found.meet(path, name, Some(shown(&scanned.root.join(below), here))),
            Err(_) => found.skip(path, Reason::OutsideLink),
        },
    }
}
