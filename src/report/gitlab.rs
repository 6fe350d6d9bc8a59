//! GitLab's Code Quality report (docs.gitlab.com, "Code Quality report format").

use std::io::{self, Write};

use serde::Serialize;

use super::{Report, fingerprint};
use crate::finding::{Severity, Verdict};

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
    let fingerprints = fingerprint::contents(&listed);
    let violations: Vec<Violation<'_>> = listed
        .iter()
        .zip(fingerprints)
        .map(|((finding, place), fingerprint)| Violation {
            // GitLab does not show `check_name`.
            description: format!("{}: {}: {}", finding.rule, finding.resource, finding.message),
            check_name: &finding.rule,
            fingerprint,
            severity: match (finding.verdict, finding.severity) {
                (Verdict::Open, _) | (_, Severity::Info) => "info",
                (_, Severity::Low) => "minor",
                (_, Severity::Medium) => "major",
                (_, Severity::High) => "critical",
                (_, Severity::Critical) => "blocker",
            },
            location: Location { path: place.path(), lines: Lines { begin: place.start.line, end: place.end.line } },
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &violations)?;
    writeln!(out)
}
