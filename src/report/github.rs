//! Annotations of a GitHub Actions run ("Workflow commands" on docs.github.com).
//!
//! GitHub keeps 10 annotations of each level per step (actions/toolkit, `problem-matchers.md`): the most severe come
//! first, the rest is listed in the log without being a command.

use std::io::{self, Write};

use super::escape::{command_data, command_property};
use super::place::Place;
use super::{Report, escape_control, reach, text};
use crate::diagnostic::{Diagnostic, Level};
use crate::finding::{Finding, Severity, Verdict};

/// Annotations of one level that a step can have.
const PER_LEVEL: usize = 10;
const LEVELS: [&str; 3] = ["error", "warning", "notice"];

struct Annotation {
    /// An index of [`LEVELS`].
    level: usize,
    path: Option<String>,
    place: Option<Place>,
    title: String,
    message: String,
    /// What to do, on lines of its own.
    remedy: Option<String>,
}

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = report.diagnostics.iter().filter(|d| d.level != Level::Note).map(|d| of_diagnostic(d, report));
    let findings = report.listed_by_severity().into_iter().map(|(finding, place)| of_finding(finding, place, report));
    let mut used = [0; LEVELS.len()];
    let mut rest = Vec::new();
    for annotation in diagnostics.chain(findings) {
        let used = &mut used[annotation.level];
        *used += 1;
        match *used <= PER_LEVEL {
            true => writeln!(out, "{}", command(&annotation))?,
            false => rest.push(annotation),
        }
    }
    if !rest.is_empty() {
        writeln!(out, "sealint: {} more that GitHub would not show as annotations:", rest.len())?;
    }
    for annotation in &rest {
        writeln!(out, "- {}", log_line(annotation))?;
    }
    let summary = report.summary();
    writeln!(out, "sealint: {}; {}", summary.findings(), summary.files())
}

fn of_finding(finding: &Finding, place: Place, report: &Report<'_>) -> Annotation {
    let suppression = text::suppression(finding);
    let level = match (finding.verdict, finding.severity) {
        _ if suppression.is_some() => 2,
        (Verdict::Fail, Severity::Critical | Severity::High) => 0,
        (Verdict::Fail, Severity::Medium) => 1,
        _ => 2,
    };
    let when = finding.when.as_ref().map(|when| format!(" ({when})")).unwrap_or_default();
    let suppressed = suppression.map(|text| format!(" [{text}]")).unwrap_or_default();
    let called = reach::called(finding, report.sources, |source| report.path(source));
    let remedy = report.rule(&finding.rule).map(|rule| rule.remediation.of(finding.format).into_owned());
    Annotation {
        level,
        path: Some(report.path(&place.source)),
        place: Some(place),
        title: format!("sealint: {}", finding.rule),
        message: format!("{}: {}{when}{called}{suppressed}", reach::subject(finding), finding.message),
        remedy,
    }
}

fn of_diagnostic(diagnostic: &Diagnostic, report: &Report<'_>) -> Annotation {
    let place = diagnostic.span.and_then(|span| Place::of(span, report.sources));
    let file = diagnostic.file.and_then(|file| report.sources.get(file));
    let named = diagnostic.path.as_deref().map(|path| report.path_of(path));
    Annotation {
        level: if diagnostic.level == Level::Error { 0 } else { 1 },
        path: file.map(|source| report.path(&source)).or(named),
        place,
        title: format!("sealint: {}", diagnostic.code.as_str()),
        message: diagnostic.message.clone(),
        remedy: diagnostic.help.clone(),
    }
}

fn command(annotation: &Annotation) -> String {
    let mut properties = vec![format!("title={}", command_property(&annotation.title))];
    if let Some(path) = &annotation.path {
        properties.push(format!("file={}", command_property(path)));
    }
    if let Some(place) = &annotation.place {
        properties.push(format!("line={},endLine={}", place.start.line, place.end.line));
        // Columns of a region over several lines put the annotation on the wrong line.
        if place.on_one_line() {
            properties.push(format!("col={},endColumn={}", place.start.column, place.end.column));
        }
    }
    let remedy = annotation.remedy.iter().flat_map(|text| text.lines());
    let lines: Vec<String> = std::iter::once(annotation.message.as_str())
        .chain(remedy)
        .map(|line| command_data(&escape_control(line)))
        .collect();
    format!("::{} {}::{}", LEVELS[annotation.level], properties.join(","), lines.join("%0A"))
}

/// A line of the log that the runner does not take for a command, in either of its two notations.
fn log_line(annotation: &Annotation) -> String {
    let line = annotation.place.as_ref().map(|place| format!(":{}", place.start.line)).unwrap_or_default();
    let path = annotation.path.as_deref().unwrap_or("-");
    let text = format!("{path}{line}: {}: {}: {}", LEVELS[annotation.level], annotation.title, annotation.message);
    escape_control(&text).replace("##[", "# #[")
}
