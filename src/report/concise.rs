//! One line per finding: `file:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::{Report, escape_control};
use crate::finding::{Severity, Verdict};

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (finding, place) in report.listed() {
        let (kind, color) = match (finding.verdict, finding.severity) {
            (Verdict::Open, _) => ("open", anstyle::AnsiColor::Blue),
            (_, severity @ (Severity::Critical | Severity::High)) => (severity.as_str(), anstyle::AnsiColor::Red),
            (_, Severity::Medium) => ("medium", anstyle::AnsiColor::Yellow),
            (_, severity) => (severity.as_str(), anstyle::AnsiColor::Cyan),
        };
        let style = if report.options.terminal.color { color.on_default() } else { anstyle::Style::new() };
        write!(
            out,
            "{}:{}:{}: {style}{kind}[{}]{style:#} {}: {}",
            escape_control(&place.path()),
            place.start.line,
            place.start.column,
            finding.rule,
            escape_control(&finding.resource),
            escape_control(&finding.message),
        )?;
        if let Some(when) = &finding.when {
            write!(out, " ({})", escape_control(when))?;
        }
        if finding.suppressed.is_some() {
            write!(out, " (suppressed)")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
