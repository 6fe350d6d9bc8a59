//! One line per finding: `file:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::place::Place;
use super::{Report, Terminal, escape_control};
use crate::finding::{Finding, Severity, Verdict};
use crate::parallel;

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let lines = parallel::map_light(&report.listed(), |(finding, place)| line(finding, place, report.options.terminal));
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn line(finding: &Finding, place: &Place, terminal: Terminal) -> String {
    let (kind, color) = match (finding.verdict, finding.severity) {
        (Verdict::Open, _) => ("open", anstyle::AnsiColor::Blue),
        (_, severity @ (Severity::Critical | Severity::High)) => (severity.as_str(), anstyle::AnsiColor::Red),
        (_, Severity::Medium) => ("medium", anstyle::AnsiColor::Yellow),
        (_, severity) => (severity.as_str(), anstyle::AnsiColor::Cyan),
    };
    let style = if terminal.color { color.on_default() } else { anstyle::Style::new() };
    let mut line = format!(
        "{}:{}:{}: {style}{kind}[{}]{style:#} {}: {}",
        escape_control(&place.path()),
        place.start.line,
        place.start.column,
        finding.rule,
        escape_control(&finding.resource),
        escape_control(&finding.message),
    );
    if let Some(when) = &finding.when {
        line.push_str(&format!(" ({})", escape_control(when)));
    }
    if finding.suppressed.is_some() {
        line.push_str(" (suppressed)");
    }
    line
}
