//! One line per finding: `file:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::place::{self, Place};
use super::{Report, escape_control, reach, text};
use crate::finding::{Finding, Severity, Verdict};
use crate::parallel;

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let lines = parallel::map_light(&report.listed(), |(finding, place)| line(finding, place, report));
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn line(finding: &Finding, place: &Place, report: &Report<'_>) -> String {
    let (kind, color) = match (finding.verdict, finding.severity) {
        (Verdict::Open, _) => ("open", anstyle::AnsiColor::Blue),
        (_, severity @ (Severity::Critical | Severity::High)) => (severity.as_str(), anstyle::AnsiColor::Red),
        (_, Severity::Medium) => ("medium", anstyle::AnsiColor::Yellow),
        (_, severity) => (severity.as_str(), anstyle::AnsiColor::Cyan),
    };
    let style = if report.options.terminal.color { color.on_default() } else { anstyle::Style::new() };
    let mut line = format!(
        "{}:{}:{}: {style}{kind}[{}]{style:#} {}: {}",
        escape_control(&place.path()),
        place.start.line,
        place.start.column,
        finding.rule,
        escape_control(&reach::subject(finding)),
        escape_control(&finding.message),
    );
    if let Some(when) = &finding.when {
        line.push_str(&format!(" ({})", escape_control(when)));
    }
    line.push_str(&escape_control(&reach::called(finding, report.sources, |source| place::display(&source.path))));
    if let Some(text) = text::suppression(finding) {
        line.push_str(&format!(" [{}]", escape_control(&text)));
    }
    line
}
