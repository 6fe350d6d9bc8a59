//! How much was found, in how many files.

use super::{Counts, Report};
use crate::diagnostic::Level;
use crate::finding::{Severity, Verdict};

/// The counts of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Files by what became of them.
    pub files: Counts,
    /// Failures that are not suppressed, by severity in the order of [`Severity::ALL`].
    pub failures: [usize; Severity::ALL.len()],
    /// Results that depend on what is not known.
    pub open: usize,
    /// Suppressed results.
    pub suppressed: usize,
    /// Diagnostics that made the run incomplete.
    pub errors: usize,
    /// Diagnostics of lesser weight.
    pub warnings: usize,
    /// Whether open results are listed.
    lists_open: bool,
}

impl Summary {
    pub(super) fn of(report: &Report<'_>) -> Summary {
        let mut summary = Summary { files: report.files, lists_open: report.options.show_open, ..Summary::default() };
        for finding in report.findings {
            match (&finding.suppressed, finding.verdict) {
                (Some(_), _) => summary.suppressed += 1,
                (None, Verdict::Open) => summary.open += 1,
                (None, Verdict::Fail) => summary.failures[finding.severity as usize] += 1,
            }
        }
        summary.errors = report.diagnostics.iter().filter(|d| d.level == Level::Error).count();
        summary.warnings = report.diagnostics.iter().filter(|d| d.level == Level::Warning).count();
        summary
    }

    /// All failures.
    pub fn total(&self) -> usize {
        self.failures.iter().sum()
    }

    /// The failures of each severity that has some, the most severe first.
    pub fn by_severity(&self) -> impl Iterator<Item = (Severity, usize)> {
        let counts = Severity::ALL.into_iter().zip(self.failures);
        counts.rev().filter(|(_, count)| *count > 0)
    }

    /// `12 findings (2 high, 10 low), 3 open (see --show-open), 1 suppressed`.
    pub fn findings(&self) -> String {
        let severities: Vec<String> =
            self.by_severity().map(|(severity, count)| format!("{count} {}", severity.as_str())).collect();
        let mut text = match self.total() {
            0 => "no findings".to_string(),
            total => format!("{} ({})", plural(total, "finding"), severities.join(", ")),
        };
        if self.open > 0 {
            let hint = if self.lists_open { "" } else { " (list with --show-open)" };
            text.push_str(&format!(", {} open{hint}", self.open));
        }
        if self.suppressed > 0 {
            text.push_str(&format!(", {} suppressed", self.suppressed));
        }
        text
    }

    /// `2 errors: not everything could be checked`; `None` without errors.
    pub fn incomplete(&self) -> Option<String> {
        (self.errors > 0).then(|| format!("{}: not everything could be checked", plural(self.errors, "error")))
    }

    /// `12 files read, 3 skipped, 0 failed`.
    pub fn files(&self) -> String {
        let Counts { read, skipped, failed, context } = self.files;
        let context = if context > 0 { format!(", {context} more as context") } else { String::new() };
        format!("{} read, {skipped} skipped, {failed} failed{context}", plural(read, "file"))
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
