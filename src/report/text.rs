//! For people: the source with the attribute underlined, where its value came from, and what to do.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeCharacters, ThemeStyles};

use super::excerpt::{Excerpt, Excerpts};
use super::place::{self, Place};
use super::trail::{self, Step};
use super::{Report, Terminal, escape_control};
use crate::diagnostic::{Diagnostic, Level};
use crate::finding::{Finding, Severity, Verdict};
use crate::source::{FileId, Source, Span};

/// Of how many ways to a resource the calls are shown.
const MAX_WAYS: usize = 5;

/// How many addresses of instances are named.
const MAX_INSTANCES: usize = 3;

pub(super) fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut painter = Painter::new(report);
    for (finding, place) in report.listed() {
        let block = painter.finding(finding, &place);
        painter.paint(&block, out)?;
    }
    let summary = report.summary();
    let style = match summary.total() {
        0 => anstyle::AnsiColor::Green.on_default(),
        _ => anstyle::Style::new(),
    };
    let style = if report.options.terminal.color { style.bold() } else { anstyle::Style::new() };
    writeln!(out, "{style}{}{style:#}", summary.findings())?;
    writeln!(out, "{}", summary.files())
}

pub(super) fn render_diagnostics(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut painter = Painter::new(report);
    for diagnostic in report.diagnostics {
        let block = painter.diagnostic(diagnostic);
        painter.paint(&block, out)?;
    }
    Ok(())
}

/// Places with what to say at each.
type Labels = Vec<(Span, String)>;

/// One message with its excerpts, as miette draws it.
#[derive(Debug)]
struct Block {
    code: Option<String>,
    link: Option<String>,
    severity: miette::Severity,
    message: String,
    /// A second line under the message.
    cause: Option<Cause>,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
    help: Option<String>,
    related: Vec<Block>,
}

#[derive(Debug)]
struct Cause(String);

struct Painter<'a> {
    report: &'a Report<'a>,
    excerpts: Excerpts,
    handler: GraphicalReportHandler,
}

impl<'a> Painter<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        let Terminal { color, hyperlinks, unicode, width } = report.options.terminal;
        let theme = GraphicalTheme {
            characters: if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            styles: if color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(hyperlinks)
            .with_link_display_text("")
            .with_width(width)
            // Addresses and ids are full of hyphens: they stay whole.
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .with_break_words(false)
            .with_context_lines(1)
            .with_show_related_as_nested(true)
            .without_syntax_highlighting();
        // `with_links(false)` prints the address beside the code; it stands in the help instead.
        let handler = if hyperlinks { handler } else { handler.with_urls(false) };
        Painter { report, excerpts: Excerpts::default(), handler }
    }

    fn paint(&self, block: &Block, out: &mut dyn Write) -> io::Result<()> {
        let mut text = String::new();
        self.handler.render_report(&mut text, block).map_err(io::Error::other)?;
        for line in text.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)
    }

    fn finding(&mut self, finding: &Finding, place: &Place) -> Block {
        let rule = self.report.rule(&finding.rule);
        let kind = match finding.verdict {
            Verdict::Fail => finding.severity.as_str(),
            Verdict::Open => Verdict::Open.as_str(),
        };
        let mut steps = trail::origin(finding);
        steps.extend(trail::calls(finding, MAX_WAYS));
        let link = rule.and_then(|rule| rule.link());
        let mut help: Vec<&str> = rule.map(|rule| rule.remediation.as_str()).into_iter().collect();
        if let (Some(link), false) = (link, self.report.options.terminal.hyperlinks) {
            help.push(link);
        }
        let mut block = self.block(&place.source, vec![(finding.region, subject(finding))], true);
        block.code = Some(format!("{kind}[{}]", finding.rule));
        block.link = link.map(str::to_string);
        block.severity = match (finding.verdict, finding.severity) {
            (Verdict::Open, _) => miette::Severity::Advice,
            (_, Severity::Critical | Severity::High) => miette::Severity::Error,
            (_, Severity::Medium) => miette::Severity::Warning,
            (_, Severity::Low | Severity::Info) => miette::Severity::Advice,
        };
        block.message = escape_control(&finding.message).into_owned();
        block.cause = cause(finding).map(|text| Cause(escape_control(&text).into_owned()));
        block.help = (!help.is_empty()).then(|| escape_lines(&help.join("\n")));
        self.add_steps(&mut block, place.source.id, steps);
        block
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> Block {
        let file = diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let source = file.and_then(|file| self.report.sources.get(file));
        let mut block = match (&source, diagnostic.span) {
            (Some(source), Some(span)) => self.block(source, vec![(span, String::new())], true),
            _ => Block::new(),
        };
        let path = diagnostic.path.as_deref().or(source.as_deref().map(|source| source.path.as_path()));
        let message = escape_control(&diagnostic.message);
        block.message = match (path, diagnostic.span) {
            (Some(path), None) => format!("{}: {message}", escape_control(&place::display(path))),
            _ => message.into_owned(),
        };
        let (word, severity) = match diagnostic.level {
            Level::Error => ("error", miette::Severity::Error),
            Level::Warning => ("warning", miette::Severity::Warning),
            Level::Note => ("note", miette::Severity::Advice),
        };
        block.code = Some(format!("{word}[{}]", diagnostic.code.as_str()));
        block.severity = severity;
        block.help = diagnostic.help.as_deref().map(escape_lines);
        if let Some(source) = source {
            let labels = diagnostic.labels.iter().map(|label| (label.span, label.text.clone())).collect();
            self.add_labels(&mut block, source.id, labels, "see also");
        }
        block
    }

    /// An excerpt of one source with labels, the first of which is the place of the message if `primary` says so.
    fn block(&mut self, source: &Arc<Source>, labels: Labels, primary: bool) -> Block {
        let path = escape_control(&place::display(&source.path)).into_owned();
        let name = match self.report.options.terminal.hyperlinks.then(|| std::path::absolute(&source.path)) {
            Some(Ok(absolute)) => hyperlink(&place::uri(&absolute).0, &path),
            _ => path,
        };
        let excerpt = self.excerpts.of(source, name);
        let mut block = Block::new();
        for (i, (span, text)) in labels.into_iter().enumerate() {
            let text = Some(escape_control(&text).into_owned()).filter(|text| !text.is_empty());
            match excerpt.underline(span) {
                Some(place) if i == 0 && primary => {
                    block.labels.push(LabeledSpan::new_primary_with_span(text, place));
                }
                Some(place) => block.labels.push(LabeledSpan::new_with_span(text, place)),
                None => {}
            }
        }
        block.excerpt = Some(excerpt).filter(|_| !block.labels.is_empty());
        block
    }

    fn add_steps(&mut self, block: &mut Block, file: FileId, steps: Vec<Step>) {
        let labels = steps.iter().map(|step| (step.span, step.text())).collect();
        self.add_labels(block, file, labels, "how it comes here");
    }

    /// Adds labels to the block: those of its own file to its excerpt, those of others file by file below it.
    fn add_labels(&mut self, block: &mut Block, file: FileId, labels: Labels, heading: &str) {
        let mut others: Vec<(Arc<Source>, Labels)> = Vec::new();
        for (span, text) in labels {
            let Some(source) = self.report.sources.get(span.file) else { continue };
            if span.file == file {
                let place = block.excerpt.as_ref().and_then(|excerpt| excerpt.underline(span));
                let text = escape_control(&text).into_owned();
                block.labels.extend(place.map(|place| LabeledSpan::new_with_span(Some(text), place)));
            } else if let Some((_, labels)) = others.iter_mut().find(|(other, _)| other.id == source.id) {
                labels.push((span, text));
            } else {
                others.push((source, vec![(span, text)]));
            }
        }
        for (source, mut labels) in others {
            // A single label says it all; it takes the place of the heading.
            let message = match &mut labels[..] {
                [(_, text)] => escape_control(&std::mem::take(text)).into_owned(),
                _ => heading.to_string(),
            };
            let mut related = self.block(&source, labels, false);
            related.message = message;
            related.severity = miette::Severity::Advice;
            block.related.push(related);
        }
    }
}

impl Block {
    fn new() -> Self {
        Block {
            code: None,
            link: None,
            severity: miette::Severity::Error,
            message: String::new(),
            cause: None,
            excerpt: None,
            labels: Vec::new(),
            help: None,
            related: Vec::new(),
        }
    }
}

/// The resources that a finding is about, for its label.
fn subject(finding: &Finding) -> String {
    let mut text = finding.resource.to_string();
    if let Some(label) = &finding.resource_label {
        text.push_str(&format!(" ({label})"));
    }
    let others: Vec<&str> =
        finding.instances.iter().map(|address| &**address).filter(|address| *address != &*finding.resource).collect();
    for address in others.iter().take(MAX_INSTANCES) {
        text.push_str(&format!(", {address}"));
    }
    if others.len() > MAX_INSTANCES {
        text.push_str(&format!(" and {} more", others.len() - MAX_INSTANCES));
    }
    text
}

/// In which case the finding holds, or why it is not reported.
pub(super) fn cause(finding: &Finding) -> Option<String> {
    let suppressed = finding.suppressed.as_ref().map(|suppressed| match &suppressed.reason {
        Some(reason) => format!("suppressed ({}): {reason}", suppressed.kind),
        None => format!("suppressed ({})", suppressed.kind),
    });
    suppressed.or_else(|| finding.when.clone())
}

fn escape_lines(text: &str) -> String {
    text.lines().map(escape_control).collect::<Vec<_>>().join("\n")
}

/// A hyperlink as terminals understand it (OSC 8).
fn hyperlink(uri: &str, text: &str) -> String {
    format!("\u{1b}]8;;{uri}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Block {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}

impl miette::Diagnostic for Block {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn url(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.link.as_ref().map(|link| Box::new(link) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        let related = self.related.iter().map(|block| block as &dyn miette::Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = _>>)
    }
}
