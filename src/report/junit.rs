//! JUnit XML as CI servers read it: a file is a suite, a finding is a failed case in it.

use std::collections::HashMap;
use std::io::{self, Write};

use super::escape::xml;
use super::place::Place;
use super::{Report, reach, text};
use crate::diagnostic::Level;
use crate::finding::{Finding, Verdict};

/// The cases of one file.
#[derive(Default)]
struct Suite {
    path: String,
    cases: Vec<String>,
    failures: usize,
    errors: usize,
    skipped: usize,
    /// How often each name was given.
    names: HashMap<String, usize>,
}

impl Suite {
    /// A name that no other case has: servers take cases of one name for one.
    fn unique(&mut self, name: String) -> String {
        let count = self.names.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 { name } else { format!("{name} #{count}") }
    }
}

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suites: Vec<Suite> = Vec::new();
    for (finding, place) in report.listed() {
        let suite = suite(&mut suites, report.path(&place.source));
        match finding.verdict == Verdict::Open || finding.suppressed.is_some() {
            true => suite.skipped += 1,
            false => suite.failures += 1,
        }
        let name = suite.unique(name(finding, report));
        suite.cases.push(case(finding, &place, &suite.path, &name));
    }
    for diagnostic in report.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error) {
        let source = diagnostic.file.and_then(|file| report.sources.get(file));
        let named = diagnostic.path.as_deref().map(|path| report.path_of(path));
        let path = source.map(|source| report.path(&source)).or(named);
        let suite = suite(&mut suites, path.unwrap_or_else(|| "sealint".to_string()));
        suite.errors += 1;
        suite.cases.push(format!(
            "    <testcase name=\"{0}\" classname=\"{1}\">\n      <error type=\"{0}\" message=\"{2}\"/>\n    </testcase>\n",
            diagnostic.code.as_str(),
            xml(&suite.path),
            xml(&diagnostic.message),
        ));
    }
    if suites.is_empty() {
        // Servers take a report without cases for a failed run.
        let name = xml(&report.summary().files());
        suites.push(Suite {
            path: "sealint".to_string(),
            cases: vec![format!("    <testcase name=\"{name}\" classname=\"sealint\"/>\n")],
            ..Suite::default()
        });
    }
    write(&suites, out)
}

fn suite(suites: &mut Vec<Suite>, path: String) -> &mut Suite {
    let index = suites.iter().position(|suite| suite.path == path).unwrap_or_else(|| {
        suites.push(Suite { path, ..Suite::default() });
        suites.len() - 1
    });
    &mut suites[index]
}

/// Rule and resources, and how they are reached. No line is in it: servers know cases again by their names.
fn name(finding: &Finding, report: &Report<'_>) -> String {
    let called = reach::called_in(finding, report.sources, |source| report.path(source));
    format!("{}: {}{called}", finding.rule, reach::subject(finding))
}

fn case(finding: &Finding, place: &Place, path: &str, name: &str) -> String {
    let outcome = match text::cause(finding) {
        Some(reason) if finding.verdict == Verdict::Open || finding.suppressed.is_some() => {
            format!("<skipped message=\"{}\"/>", xml(&reason))
        }
        _ if finding.verdict == Verdict::Open => "<skipped message=\"open\"/>".to_string(),
        _ => format!(
            "<failure type=\"{}\" message=\"{}\">{}:{}:{}: {}</failure>",
            finding.severity.as_str(),
            xml(&finding.message),
            xml(path),
            place.start.line,
            place.start.column,
            xml(&finding.message),
        ),
    };
    format!(
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{1}\" line=\"{}\">\n      {outcome}\n    </testcase>\n",
        xml(name),
        xml(path),
        place.start.line,
    )
}

fn write(suites: &[Suite], out: &mut dyn Write) -> io::Result<()> {
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"sealint\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        sum(|suite| suite.cases.len()),
        sum(|suite| suite.failures),
        sum(|suite| suite.errors),
    )?;
    for suite in suites {
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
            xml(&suite.path),
            suite.cases.len(),
            suite.failures,
            suite.errors,
            suite.skipped,
        )?;
        suite.cases.iter().try_for_each(|case| out.write_all(case.as_bytes()))?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
