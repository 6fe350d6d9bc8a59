//! Findings that are known: those of a baseline.

use std::io;
use std::path::Path;

use super::{Loaded, failure};
use crate::baseline::Baseline;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::finding::Finding;
use crate::source::Sources;

/// Suppresses what is in a baseline; says of a whole run what of it is gone.
///
/// # Errors
/// When the file cannot be read or is no baseline.
pub fn known_findings(
    path: &Path,
    findings: &mut [Finding],
    sources: &Sources,
    is_whole: bool,
) -> io::Result<Option<Diagnostic>> {
    let text =
        std::fs::read_to_string(path).map_err(|error| failure(format!("cannot read {}: {error}", path.display())))?;
    let baseline =
        Baseline::parse(&text).map_err(|error| failure(format!("{} is no baseline: {error}", path.display())))?;
    let stale = baseline.apply(findings, sources);
    Ok((stale > 0 && is_whole).then(|| {
        let message = format!("{stale} of the baseline's findings are there no more");
        let mut diagnostic = Diagnostic::new(Level::Note, Code::Suppression, message);
        diagnostic.path = Some(path.to_path_buf());
        diagnostic.help("write it anew with --write-baseline")
    }))
}

/// The same with the baseline that the configuration names, if it names one.
pub fn configured_baseline(
    loaded: &Loaded,
    findings: &mut [Finding],
    sources: &Sources,
    is_whole: bool,
) -> Option<Diagnostic> {
    let path = loaded.config.baseline.as_ref()?;
    let known = known_findings(path.get_ref(), findings, sources, is_whole);
    known.unwrap_or_else(|error| Some(loaded.mistake(path, error.to_string())))
}
