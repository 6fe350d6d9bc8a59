//! Suppressions in the configuration file.

use std::path::Path;

use chrono::NaiveDate;

use crate::config::{self, Config, PathPatterns, Suppress};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::finding::{Finding, Suppressed};
use crate::source::{FileId, Sources, Span};

/// The configuration's `[[suppress]]` and `[[per-path]]` entries, ready to be applied.
pub struct Configured<'a> {
    file: FileId,
    entries: Vec<Entry<'a>>,
    parts: Vec<(PathPatterns, &'a config::PerPath)>,
}

struct Entry<'a> {
    suppress: &'a Suppress,
    paths: Option<PathPatterns>,
    used: bool,
}

impl<'a> Configured<'a> {
    /// The entries of a configuration whose patterns are relative to `folder`, with what is wrong with them. Entries
    /// that have expired or give no reason do not count.
    pub fn new(config: &'a Config, file: FileId, folder: &Path, today: NaiveDate) -> (Configured<'a>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut patterns = |list: &[String]| {
            let (patterns, mistakes) = PathPatterns::new(folder, list);
            let mistakes = mistakes.into_iter().map(|message| {
                let mut diagnostic = Diagnostic::new(Level::Error, Code::Configuration, message);
                diagnostic.file = Some(file);
                diagnostic
            });
            diagnostics.extend(mistakes);
            patterns
        };
        let parts = config.per_path.iter().map(|part| (patterns(&part.paths), part)).collect();
        let all: Vec<Entry<'a>> = config
            .suppress
            .iter()
            .map(|suppress| {
                let paths = (!suppress.paths.is_empty()).then(|| patterns(&suppress.paths));
                Entry { suppress, paths, used: false }
            })
            .collect();
        let counts = |entry: &Entry<'_>| match problem(entry.suppress, file, today) {
            Some(diagnostic) => {
                diagnostics.push(diagnostic);
                false
            }
            None => true,
        };
        let entries = all.into_iter().filter(counts).collect();
        (Configured { file, entries, parts }, diagnostics)
    }

    /// Gives findings the severities of their part of the repository, and marks those whose rule does not count there and
    /// those that are accepted. Reports entries that accept nothing.
    pub fn apply(mut self, findings: &mut [Finding], sources: &Sources) -> Vec<Diagnostic> {
        let path_of = |finding: &Finding| sources.get(finding.region.file).map(|source| source.path.clone());
        if self.parts.is_empty() && self.entries.is_empty() {
            return Vec::new();
        }
        for finding in findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
            let Some(path) = path_of(finding) else { continue };
            finding.suppressed = self.part(finding, &path);
            let mut covering = self.entries.iter_mut().filter(|entry| entry.covers(finding, &path)).peekable();
            let reason = covering.peek().map(|entry| &entry.suppress.reason);
            let suppressed = reason.map(|reason| Suppressed {
                span: Some(config::at(self.file, reason)),
                kind: "configuration",
                reason: Some(reason.get_ref().clone()),
            });
            covering.for_each(|entry| entry.used = true);
            finding.suppressed = suppressed.or(finding.suppressed.take());
        }
        let unused = self.entries.iter().filter(|entry| !entry.used);
        unused
            .map(|entry| {
                let span = config::at(self.file, &entry.suppress.reason);
                Diagnostic::warning(Code::Suppression, "this entry suppresses nothing", span).help("take it out")
            })
            .collect()
    }

    /// Sets a finding's severity if that differs at its path. What suppresses it if its rule does not count there.
    fn part(&self, finding: &mut Finding, path: &Path) -> Option<Suppressed> {
        for (_, part) in self.parts.iter().filter(|(patterns, _)| patterns.matches(path)) {
            let ignored = part.ignore.iter().find(|id| *id.get_ref() == *finding.rule || id.get_ref() == "ALL");
            if let Some(id) = ignored {
                let span = Some(config::at(self.file, id));
                return Some(Suppressed { span, kind: "configuration", reason: None });
            }
            let severity = part.severity.iter().find(|(id, _)| *id.get_ref() == *finding.rule);
            if let Some((_, severity)) = severity {
                finding.severity = (*severity).into();
            }
        }
        None
    }
}

impl Entry<'_> {
    fn covers(&self, finding: &Finding, path: &Path) -> bool {
        let Suppress { rules, resources, .. } = self.suppress;
        let addresses = || std::iter::once(&finding.resource).chain(&finding.instances);
        (rules.is_empty() || rules.iter().any(|id| *id.get_ref() == *finding.rule))
            && self.paths.as_ref().is_none_or(|paths| paths.matches(path))
            && (resources.is_empty() || addresses().all(|address| resources.iter().any(|glob| like(glob, address))))
    }
}

/// Why an entry does not count.
fn problem(suppress: &Suppress, file: FileId, today: NaiveDate) -> Option<Diagnostic> {
    let reason = config::at(file, &suppress.reason);
    let warning = |message: &str, span: Span| Some(Diagnostic::warning(Code::Suppression, message, span));
    if suppress.rules.is_empty() && suppress.paths.is_empty() && suppress.resources.is_empty() {
        return warning("this entry names neither rules nor paths nor resources, so it does not count", reason);
    }
    if suppress.reason.get_ref().trim().is_empty() {
        return warning("this entry gives no reason, so it does not count", reason);
    }
    let until = suppress.until.as_ref()?;
    match NaiveDate::parse_from_str(until.get_ref(), "%Y-%m-%d") {
        Ok(day) if day >= today => None,
        Ok(_) => warning("this entry has expired", config::at(file, until)),
        Err(_) => warning("this is no date: write 2027-01-31", config::at(file, until)),
    }
}

/// Whether an address fits a pattern in which `*` stands for anything.
fn like(pattern: &str, address: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = address.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_star_stands_for_anything() {
        assert!(like("module.a.*", "module.a.aws_kms_key.k[\"x\"]") && like("*", "") && like("a*b*c", "a-b-b-c"));
        assert!(like("Key", "Key") && !like("Key", "KeyPolicy") && !like("a*b", "a-c") && !like("*.k", "a.key"));
    }
}
