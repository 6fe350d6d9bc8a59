//! A table for a pull request or the job summary of a GitHub Actions run.

use std::io::{self, Write};

use super::escape::{code, markdown};
use super::place::Place;
use super::{Report, reach};
use crate::diagnostic::Level;
use crate::finding::{Finding, Verdict};

/// GitHub drops a job summary over 1 MiB; rows stop well before that.
const MAX_BYTES: usize = 900 * 1024;

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let mut text = format!("## sealint: {}\n\n{}.\n", summary.findings(), summary.files());
    let rows: Vec<String> =
        report.listed_by_severity().iter().map(|(finding, place)| finding_row(report, finding, place)).collect();
    table(&mut text, "| Severity | Rule | Place | Resource | Message |\n| --- | --- | --- | --- | --- |\n", &rows);
    let errors = report.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    let rows: Vec<String> = errors
        .map(|diagnostic| {
            let place = diagnostic.span.and_then(|span| Place::of(span, report.sources));
            let file = diagnostic.file.and_then(|file| report.sources.get(file)).map(|source| report.path(&source));
            let named = || diagnostic.path.as_deref().map(|path| report.path_of(path));
            let path = place.as_ref().map(|place| at(report, place)).or(file).or_else(named);
            let path = path.map_or_else(|| "–".to_string(), |path| code(&path));
            format!("| {} | {path} | {} |\n", diagnostic.code.as_str(), markdown(&diagnostic.message))
        })
        .collect();
    table(&mut text, "| Error | Place | Message |\n| --- | --- | --- |\n", &rows);
    out.write_all(text.as_bytes())
}

fn finding_row(report: &Report<'_>, finding: &Finding, place: &Place) -> String {
    let kind = match (finding.verdict, &finding.suppressed) {
        (Verdict::Open, _) => "open",
        (_, Some(_)) => "suppressed",
        (_, None) => finding.severity.as_str(),
    };
    let rule = match report.rule(&finding.rule).and_then(|rule| rule.link()) {
        Some(link) => format!("[{}](<{link}>)", finding.rule),
        None => finding.rule.to_string(),
    };
    let when = finding.when.as_ref().map(|when| format!(" ({when})")).unwrap_or_default();
    let called = reach::called(finding, report.sources, |source| report.path(source));
    format!(
        "| {kind} | {rule} | {} | {} | {} |\n",
        code(&at(report, place)),
        code(&reach::subject(finding)),
        markdown(&format!("{}{when}{called}", finding.message)),
    )
}

fn at(report: &Report<'_>, place: &Place) -> String {
    format!("{}:{}", report.path(&place.source), place.start.line)
}

fn table(text: &mut String, head: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    text.push('\n');
    text.push_str(head);
    for (i, row) in rows.iter().enumerate() {
        if text.len() + row.len() > MAX_BYTES {
            text.push_str(&format!("\n{} more rows are left out.\n", rows.len() - i));
            return;
        }
        text.push_str(row);
    }
}
