//! GitLab's Code Quality report (docs.gitlab.com, "Code Quality report format").

use std::io::{self, Write};

use serde::Serialize;

use super::{Report, reach, text};
use crate::finding::{Finding, Severity, Verdict};
use crate::fingerprint::of_defects;

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let listed = report.listed();
    // Entries whose fingerprints are equal vanish.
    let findings: Vec<&Finding> = listed.iter().map(|(finding, _)| *finding).collect();
    let fingerprints = of_defects(&findings, report.base, report.sources);
    let violations: Vec<Violation<'_>> = listed
        .iter()
        .zip(fingerprints)
        .map(|((finding, place), fingerprint)| Violation {
            // GitLab does not show `check_name`.
            description: description(finding, report),
            check_name: &finding.rule,
            fingerprint,
            severity: match (finding.verdict, finding.severity) {
                _ if finding.suppressed.is_some() => "info",
                (Verdict::Open, _) | (_, Severity::Info) => "info",
                (_, Severity::Low) => "minor",
                (_, Severity::Medium) => "major",
                (_, Severity::High) => "critical",
                (_, Severity::Critical) => "blocker",
            },
            location: Location {
                path: report.path(&place.source),
                lines: Lines { begin: place.start.line, end: place.end.line },
            },
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &violations)?;
    writeln!(out)
}

fn description(finding: &Finding, report: &Report<'_>) -> String {
    let called = reach::called(finding, report.sources, |source| report.path(source));
    let suppressed = text::suppression(finding).map(|text| format!(" [{text}]")).unwrap_or_default();
    format!("{}: {}: {}{called}{suppressed}", finding.rule, reach::subject(finding), finding.message)
}
