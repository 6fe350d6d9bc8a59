//! For people: the source with the attribute underlined, where its value came from, and what to do.

use std::io::{self, Write};
use std::sync::Arc;

use anstyle::{AnsiColor, Style};

use super::block::{Block, Cause, Label};
use super::excerpt::Excerpts;
use super::place::{self, Place};
use super::{Report, Terminal, escape_control, trail};
use crate::diagnostic::{Diagnostic, Level};
use crate::finding::{Finding, Severity, Verdict};
use crate::rules::metadata::Metadata;
use crate::source::{Source, Span};

/// Of how many ways to a resource the calls are shown.
const MAX_WAYS: usize = 5;

/// How many addresses of instances are named.
const MAX_INSTANCES: usize = 3;

/// How far help is indented.
const INDENT: usize = "  help: ".len();

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut painter = Painter::new(report);
    for (finding, place) in report.listed() {
        painter.finding(finding, &place).write(report.options.terminal, out)?;
    }
    let summary = report.summary();
    let styled = |style: Style| if report.options.terminal.color { style.bold() } else { Style::new() };
    let style = match (summary.total(), summary.errors) {
        (0, 0) => styled(AnsiColor::Green.on_default()),
        _ => styled(Style::new()),
    };
    writeln!(out, "{style}{}{style:#}", summary.findings())?;
    writeln!(out, "{}", summary.files())?;
    if let Some(text) = summary.incomplete() {
        let style = styled(AnsiColor::Red.on_default());
        writeln!(out, "{style}{text}{style:#}")?;
    }
    Ok(())
}

/// The diagnostics file by file, from top to bottom.
pub(super) fn render_diagnostics(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut painter = Painter::new(report);
    let mut diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    diagnostics.sort_by_cached_key(|diagnostic| {
        let file = diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let source = file.and_then(|file| report.sources.get(file));
        let path = source.map(|source| source.path.clone()).or_else(|| diagnostic.path.clone());
        (path, diagnostic.span.map(|span| span.start))
    });
    for diagnostic in diagnostics {
        painter.diagnostic(diagnostic).write(report.options.terminal, out)?;
    }
    Ok(())
}

struct Painter<'a> {
    report: &'a Report<'a>,
    excerpts: Excerpts,
}

impl<'a> Painter<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        Painter { report, excerpts: Excerpts::default() }
    }

    fn terminal(&self) -> Terminal {
        self.report.options.terminal
    }

    fn finding(&mut self, finding: &Finding, place: &Place) -> Block {
        let kind = match finding.verdict {
            Verdict::Fail => finding.severity.as_str(),
            Verdict::Open => Verdict::Open.as_str(),
        };
        let severity = match (finding.verdict, finding.severity) {
            (Verdict::Open, _) => miette::Severity::Advice,
            (_, Severity::Critical | Severity::High) => miette::Severity::Error,
            (_, Severity::Medium) => miette::Severity::Warning,
            (_, Severity::Low | Severity::Info) => miette::Severity::Advice,
        };
        let message = escape_control(&finding.message).into_owned();
        let mut block = Block::new(format!("{kind}[{}]", finding.rule), severity, message);
        block.cause = cause(finding).map(|text| Cause(escape_control(&text).into_owned()));
        if let Some(rule) = self.report.rule(&finding.rule) {
            block.link = rule.link().map(str::to_string);
            block.help = self.help(rule, finding);
        }
        self.label(&mut block, &place.source, finding.region, Label { primary: true, phrases: subject(finding) });
        self.labels(&mut block, trail::origin(finding).iter().map(|step| (step.span, step.text())));
        block.via = self.calls(finding);
        block
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> Block {
        let file = diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let source = file.and_then(|file| self.report.sources.get(file));
        let path = diagnostic.path.as_deref().or(source.as_deref().map(|source| source.path.as_path()));
        let message = escape_control(&diagnostic.message);
        let message = match (path, diagnostic.span) {
            (Some(path), None) => format!("{}: {message}", escape_control(&place::display(path))),
            _ => message.into_owned(),
        };
        let (word, severity) = match diagnostic.level {
            Level::Error => ("error", miette::Severity::Error),
            Level::Warning => ("warning", miette::Severity::Warning),
            Level::Note => ("note", miette::Severity::Advice),
        };
        let mut block = Block::new(format!("{word}[{}]", diagnostic.code.as_str()), severity, message);
        block.help.extend(diagnostic.help.as_deref().map(escape_lines));
        let Some(source) = source else { return block };
        if let Some(span) = diagnostic.span {
            // miette draws the stem of a label without text if there is another on its line.
            let line = source.line(span.start);
            let shared = |other: Span| other.file == span.file && source.line(other.start) == line;
            let shared = diagnostic.labels.iter().any(|label| shared(label.span));
            let phrases = if shared { vec!["here".to_string()] } else { Vec::new() };
            self.label(&mut block, &source, span, Label { primary: true, phrases });
        }
        self.labels(&mut block, diagnostic.labels.iter().map(|label| (label.span, label.text.clone())));
        block
    }

    /// What to do, and where to read more: behind the rule's name if the terminal can follow links.
    fn help(&self, rule: &Metadata, finding: &Finding) -> Vec<String> {
        let terminal = self.terminal();
        let fits = |link: &str| !terminal.wraps || link.len() + INDENT <= terminal.width;
        let more = match rule.link().filter(|_| !terminal.hyperlinks) {
            // Our own page says what the program says, too.
            Some(link) if rule.page.is_some() && !fits(link) => Some(format!("sealint explain {}", rule.id)),
            link => link.map(str::to_string),
        };
        let remedy = rule.remediation.of(finding.format).into_owned();
        [Some(remedy), more].into_iter().flatten().map(|text| escape_lines(&text)).collect()
    }

    /// The calls through which the resource is reached, with their places: outer ones before inner ones, the instances
    /// of one call together.
    fn calls(&self, finding: &Finding) -> Vec<String> {
        let mut places: Vec<(Span, Vec<&str>)> = Vec::new();
        for call in finding.calls.iter().take(MAX_WAYS).flatten() {
            match places.iter_mut().find(|(span, _)| *span == call.span) {
                Some((_, names)) if names.contains(&&*call.address) => {}
                Some((_, names)) => names.push(&call.address),
                None => places.push((call.span, vec![&call.address])),
            }
        }
        let text = |(span, names): &(Span, Vec<&str>)| {
            let place = Place::of(*span, self.report.sources)?;
            let (path, start) = (self.path(&place.source), place.start);
            Some(format!("{} ({path}:{}:{})", escape_control(&names.join(", ")), start.line, start.column))
        };
        let mut calls: Vec<String> = places.iter().filter_map(text).collect();
        match finding.calls.len().saturating_sub(MAX_WAYS) {
            0 => {}
            1 => calls.push("and 1 more way".to_string()),
            more => calls.push(format!("and {more} more ways")),
        }
        calls
    }

    /// A path, which leads to the file if the terminal can follow it.
    fn path(&self, source: &Source) -> String {
        let path = escape_control(&place::display(&source.path)).into_owned();
        match self.terminal().hyperlinks.then(|| std::path::absolute(&source.path)) {
            Some(Ok(absolute)) => hyperlink(&place::uri(&absolute).0, &path),
            _ => path,
        }
    }

    fn label(&mut self, block: &mut Block, source: &Arc<Source>, span: Span, label: Label) {
        let name = self.path(source);
        let excerpt = self.excerpts.of(source, name);
        if let Some(place) = excerpt.underline(span) {
            let phrases = label.phrases.iter().map(|text| escape_control(text).into_owned()).collect();
            block.label(excerpt, place, Label { phrases, ..label }, self.terminal());
        }
    }

    fn labels(&mut self, block: &mut Block, labels: impl Iterator<Item = (Span, String)>) {
        for (span, text) in labels {
            if let Some(source) = self.report.sources.get(span.file) {
                self.label(block, &source, span, Label::of(text));
            }
        }
    }
}

/// The resources that a finding is about, for its label.
fn subject(finding: &Finding) -> Vec<String> {
    let label = finding.resource_label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
    let mut phrases = vec![format!("{}{label}", finding.resource)];
    let others: Vec<&str> =
        finding.instances.iter().map(|address| &**address).filter(|address| *address != &*finding.resource).collect();
    phrases.extend(others.iter().take(MAX_INSTANCES).map(|address| address.to_string()));
    if others.len() > MAX_INSTANCES {
        phrases.push(format!("and {} more", others.len() - MAX_INSTANCES));
    }
    phrases
}

/// In which case the finding holds, or why it is not reported.
pub(super) fn cause(finding: &Finding) -> Option<String> {
    suppression(finding).or_else(|| finding.when.clone())
}

/// Why the finding is not reported, if it is suppressed.
pub(super) fn suppression(finding: &Finding) -> Option<String> {
    finding.suppressed.as_ref().map(|suppressed| match &suppressed.reason {
        Some(reason) => format!("suppressed ({}): {reason}", suppressed.kind),
        None => format!("suppressed ({})", suppressed.kind),
    })
}

fn escape_lines(text: &str) -> String {
    text.lines().map(escape_control).collect::<Vec<_>>().join("\n")
}

/// A hyperlink as terminals understand it (OSC 8).
fn hyperlink(uri: &str, text: &str) -> String {
    format!("\u{1b}]8;;{uri}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}
