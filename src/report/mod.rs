//! Findings to text: one file per format.
//!
//! A [`Report`] is everything a format may want to say; each format is a function from a report to bytes with private
//! types of its own. Nothing here decides what is reported: the findings come with their verdicts and suppressions.

mod block;
mod concise;
mod escape;
mod excerpt;
mod fingerprint;
pub(crate) mod fit;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod reach;
mod sarif;
mod summary;
pub mod terminal;
mod text;
pub(crate) mod trail;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::base::{Base, display};
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Severity, Verdict};
use crate::parallel;
use crate::rules::metadata::Metadata;
use crate::source::{Source, Sources};

pub use escape::{terminal as escape_control, terminal_lines as escape_lines};
pub use place::file_uri;
pub use sarif::help as rule_help;
pub use summary::Summary;
pub use terminal::Terminal;

use place::Place;

/// All that a run has to say.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The findings: failed, open and suppressed ones, in any order.
    pub findings: &'a [Finding],
    /// What could not be read or evaluated.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that the spans point into.
    pub sources: &'a Sources,
    /// All rules that were enabled, whether they found something or not.
    pub rules: &'a [Arc<Metadata>],
    /// How many files there were.
    pub files: Counts,
    /// The folder that paths start from in formats that other programs read: the root of the repository. Those for people
    /// and JSON have paths as they were given.
    pub base: Option<&'a Base>,
    /// What to show.
    pub options: Options,
}

/// How many files a run met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Files of a format we know, parsed whole or in part.
    pub read: usize,
    /// Files that are none of ours.
    pub skipped: usize,
    /// Files that could not be read, or not parsed whole.
    pub failed: usize,
    /// Files that were read only as context for named ones.
    pub context: usize,
}

/// What to show of a report, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// List results that depend on what is not known.
    pub show_open: bool,
    /// List results that are suppressed.
    pub show_suppressed: bool,
    /// What the output can display; only `text` and `concise` ask.
    pub terminal: Terminal,
}

/// A wire format.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Format {
    /// For people: the source with the attribute underlined
    #[default]
    Text,
    /// One line per finding
    Concise,
    /// The whole report as JSON, version 1
    Json,
    /// SARIF 2.1.0, for GitHub code scanning and editors
    Sarif,
    /// Annotations of a GitHub Actions run
    Github,
    /// GitLab's Code Quality report
    Gitlab,
    /// JUnit XML
    Junit,
    /// A table for a pull request or job summary
    Markdown,
}

impl Format {
    /// Writes `report` in this format.
    pub fn render(self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Text => text::render(report, out),
            Format::Concise => concise::render(report, out),
            Format::Json => json::render(report, out),
            Format::Sarif => sarif::render(report, out),
            Format::Github => github::render(report, out),
            Format::Gitlab => gitlab::render(report, out),
            Format::Junit => junit::render(report, out),
            Format::Markdown => markdown::render(report, out),
        }
    }
}

/// Writes the diagnostics of a report for people.
pub fn render_diagnostics(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    text::render_diagnostics(report, out)
}

impl<'a> Report<'a> {
    /// Counts by kind.
    pub fn summary(&self) -> Summary {
        Summary::of(self)
    }

    /// Whether an unsuppressed failure is at least this severe.
    pub fn fails_at(&self, threshold: Severity) -> bool {
        self.findings.iter().any(|finding| {
            finding.verdict == Verdict::Fail && finding.suppressed.is_none() && finding.severity >= threshold
        })
    }

    /// The findings to list with their places, by file and line.
    fn listed(&self) -> Vec<(&'a Finding, Place)> {
        let shown = self.findings.iter().filter(|finding| {
            (finding.verdict == Verdict::Fail || self.options.show_open)
                && (finding.suppressed.is_none() || self.options.show_suppressed)
        });
        let shown: Vec<&Finding> = shown.collect();
        let placed = parallel::map_light(&shown, |finding| Some((*finding, Place::of(finding.region, self.sources)?)));
        let mut listed: Vec<_> = placed.into_iter().flatten().collect();
        listed.sort_by(|(a, a_place), (b, b_place)| {
            (&a_place.source.path, a.region.start, &a.rule, &a.resource).cmp(&(
                &b_place.source.path,
                b.region.start,
                &b.rule,
                &b.resource,
            ))
        });
        listed
    }

    /// The findings to list, the most severe first, then by file and line.
    fn listed_by_severity(&self) -> Vec<(&'a Finding, Place)> {
        let mut listed = self.listed();
        listed.sort_by_key(|(finding, _)| std::cmp::Reverse((finding.verdict == Verdict::Fail, finding.severity)));
        listed
    }

    /// The path of a text as other programs read it.
    fn path(&self, source: &Source) -> String {
        if source.is_file { self.path_of(&source.path) } else { display(&source.path) }
    }

    /// The path of a file as other programs read it.
    fn path_of(&self, path: &Path) -> String {
        self.base.map_or_else(|| display(path), |base| display(&base.relative(path)))
    }

    /// The metadata of a rule.
    fn rule(&self, id: &str) -> Option<&'a Metadata> {
        self.rules.iter().find(|rule| &*rule.id == id).map(|rule| &**rule)
    }
}

#[cfg(test)]
mod tests;
