//! Findings that are known: those of a baseline.

use std::io;
use std::path::{Path, PathBuf};

use super::{Judged, failure, repository};
use crate::base::Base;
use crate::baseline::{Baseline, Known};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::rules::RuleSet;

/// How many findings are named that a baseline holds and that are gone.
const MAX_GONE: usize = 5;

/// What the paths of a baseline at `file` are relative to: the repository that is checked, or else the file's folder.
///
/// # Errors
/// When there is no working directory.
pub fn base_of(file: &Path, checked: &[PathBuf]) -> io::Result<Base> {
    let repository = repository(checked);
    let folder = repository.as_deref().or(file.parent()).unwrap_or(Path::new(""));
    Ok(Base::new(folder, &std::env::current_dir()?))
}

/// Suppresses what is in a baseline. Says what of it is gone, of what a whole run of these `rules` has checked.
///
/// # Errors
/// When the file cannot be read or is no baseline.
pub fn known_findings(path: &Path, judged: &mut Judged, rules: Option<&RuleSet>) -> io::Result<Option<Diagnostic>> {
    let text =
        std::fs::read_to_string(path).map_err(|error| failure(format!("cannot read {}: {error}", path.display())))?;
    let baseline =
        Baseline::parse(&text).map_err(|error| failure(format!("{} is no baseline: {error}", path.display())))?;
    let base = base_of(path, &judged.paths)?;
    let gone = baseline.apply(&mut judged.findings, &base, &judged.sources);
    let Some(rules) = rules.filter(|_| judged.is_whole) else { return Ok(None) };
    let is_checked = |known: &&Known| {
        let place = base.absolute(&base.folder().join(&known.path));
        judged.paths.iter().any(|path| place.starts_with(base.absolute(path)))
            && rules.rules().iter().any(|rule| *rule.id == *known.rule)
    };
    Ok(told(path, &gone.into_iter().filter(is_checked).collect::<Vec<_>>()))
}

/// The same with the baseline that the configuration names, if it names one.
pub fn configured_baseline(judged: &mut Judged, rules: Option<&RuleSet>) -> Option<Diagnostic> {
    let path = judged.loaded.config.baseline.clone()?;
    let known = known_findings(path.get_ref(), judged, rules);
    known.unwrap_or_else(|error| Some(judged.loaded.mistake(&path, error.to_string())))
}

/// What the baseline at `path` holds and is there no more.
fn told(path: &Path, gone: &[&Known]) -> Option<Diagnostic> {
    let message = match gone.len() {
        0 => return None,
        1 => "1 finding of the baseline is there no more".to_owned(),
        count => format!("{count} findings of the baseline are there no more"),
    };
    let mut diagnostic = Diagnostic::new(Level::Warning, Code::Suppression, message);
    diagnostic.path = Some(path.to_path_buf());
    let line = |known: &&Known| match known.path.as_str() {
        "" => format!("{}: {}", known.rule, known.resource),
        path => format!("{}: {} in {path}", known.rule, known.resource),
    };
    let mut lines: Vec<String> = gone.iter().take(MAX_GONE).map(line).collect();
    if gone.len() > MAX_GONE {
        lines.push(format!("and {} more", gone.len() - MAX_GONE));
    }
    lines.push("write the baseline anew with --write-baseline".to_owned());
    Some(diagnostic.help(lines.join("\n")))
}
