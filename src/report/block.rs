//! One message as people read it: what is wrong, pictures of the places, whence it is reached, what to do.
//!
//! miette draws the heading and each picture; nothing that it draws is wider than the terminal.

use std::fmt;
use std::io::{self, Write};

use anstyle::AnsiColor;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceSpan, ThemeCharacters, ThemeStyles};
use textwrap::core::display_width;

use super::excerpt::Excerpt;
use super::{Terminal, fit};

/// One message.
#[derive(Debug)]
pub(super) struct Block {
    /// `high[rule]`.
    pub(super) code: String,
    /// Where to read more, for terminals that can follow it.
    pub(super) link: Option<String>,
    pub(super) severity: miette::Severity,
    pub(super) message: String,
    /// A second line under the message.
    pub(super) cause: Option<Cause>,
    pub(super) pictures: Vec<Picture>,
    /// Through which calls the place is reached, one a line.
    pub(super) via: Vec<String>,
    /// What to do, in paragraphs.
    pub(super) help: Vec<String>,
}

/// Why, or in which case.
#[derive(Debug)]
pub(super) struct Cause(pub(super) String);

/// An excerpt of a file with labels.
#[derive(Debug)]
pub(super) struct Picture {
    excerpt: Excerpt,
    labels: Vec<LabeledSpan>,
    /// Whether its line begins in the middle.
    is_cut: bool,
}

/// What is said at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// Whether this is the place of the message.
    pub(super) primary: bool,
    /// Phrases, on one line if they have room there.
    pub(super) phrases: Vec<String>,
}

impl Label {
    /// A place on the way.
    pub(super) fn of(text: String) -> Label {
        Label { primary: false, phrases: vec![text] }
    }
}

/// How many columns miette draws between the middle of an underline and its text.
const ARM: usize = 4;
/// The least of an underline that is worth drawing.
const LEAST_UNDERLINE: usize = 8;

impl Block {
    pub(super) fn new(code: String, severity: miette::Severity, message: String) -> Self {
        let (cause, link) = (None, None);
        Block { code, link, severity, message, cause, pictures: Vec::new(), via: Vec::new(), help: Vec::new() }
    }

    /// Adds a label to the last picture if that is of the same file, and to a new one otherwise. What would end beyond
    /// the terminal's width is drawn in fewer columns or on more lines.
    pub(super) fn label(&mut self, excerpt: Excerpt, place: SourceSpan, label: Label, terminal: Terminal) {
        let room = terminal.wraps.then(|| terminal.width.saturating_sub(excerpt.gutter()));
        let (column, longest) = (excerpt.column(place, room.unwrap_or(0)), longest(&label.phrases));
        let is_far = |room: usize| column + LEAST_UNDERLINE.max(1 + ARM + longest) > room && column > room / 4;
        match room {
            Some(room) if is_far(room) => {
                let labels = vec![fitted(&excerpt, place, room / 4, room, label)];
                self.pictures.push(Picture { excerpt: excerpt.cut(room / 4), labels, is_cut: true });
            }
            _ => {
                let label = match room {
                    Some(room) => fitted(&excerpt, place, column, room, label),
                    None => labeled(place, label.primary, label.phrases.join(", ")),
                };
                match self.pictures.iter_mut().find(|picture| picture.excerpt.is_like(&excerpt)) {
                    Some(picture) => picture.labels.push(label),
                    None => self.pictures.push(Picture { excerpt, labels: vec![label], is_cut: false }),
                }
            }
        }
    }

    pub(super) fn write(&self, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
        let heading = Drawn { block: self, picture: None };
        for line in drawn(&self.handler(None, terminal), &heading)?.lines().filter(|line| !line.is_empty()) {
            writeln!(out, "{}", line.trim_end())?;
        }
        for picture in &self.pictures {
            let text = drawn(&self.handler(Some(picture), terminal), &Drawn { block: self, picture: Some(picture) })?;
            // The first line is the message, which is empty here; the next one names the file.
            for (number, line) in text.lines().enumerate().skip(1) {
                let line = match number {
                    2 if picture.is_cut => fit::without_lead(line, terminal),
                    _ => line.into(),
                };
                let line = if terminal.wraps { fit::cut(&line, terminal) } else { line };
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        paragraphs("   via:", &self.via, terminal, out)?;
        paragraphs("  help:", &self.help, terminal, out)?;
        writeln!(out)
    }

    /// The place of the message is underlined in the colour of its severity, all others in another.
    fn handler(&self, picture: Option<&Picture>, terminal: Terminal) -> GraphicalReportHandler {
        let Terminal { color, hyperlinks, unicode, width, .. } = terminal;
        let mut styles = if color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        let primary = match self.severity {
            miette::Severity::Error => styles.error,
            miette::Severity::Warning => styles.warning,
            miette::Severity::Advice => styles.advice,
        };
        if let (Some(picture), Some(other), true) = (picture, styles.highlights.first().copied(), color) {
            // miette gives colours in the order of the places.
            let mut labels: Vec<&LabeledSpan> = picture.labels.iter().collect();
            labels.sort_by_key(|label| label.offset());
            styles.highlights =
                labels.iter().map(|label| if label.primary() { primary.bold() } else { other }).collect();
        }
        let characters = if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_links(hyperlinks)
            .with_link_display_text("")
            .with_width(width)
            // Addresses and ids are full of hyphens: they stay whole.
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .with_break_words(false)
            .with_context_lines(1)
            .without_syntax_highlighting();
        // `with_links(false)` prints the address beside the code; it stands in the help instead.
        if hyperlinks { handler } else { handler.with_urls(false) }
    }
}

/// A label that ends within the room if its place begins in a column.
fn fitted(excerpt: &Excerpt, place: SourceSpan, column: usize, room: usize, label: Label) -> LabeledSpan {
    let underline = excerpt.columns(place).min(room.saturating_sub(column));
    let beside = |underline: usize| room.saturating_sub(column + underline / 2 + ARM);
    let line = label.phrases.join(", ");
    let (longest, width) = (longest(&label.phrases), display_width(&line));
    let (underline, text) = if width <= beside(underline) {
        (underline, line)
    } else if longest <= beside(underline) {
        (underline, label.phrases.join("\n"))
    } else if longest <= beside(LEAST_UNDERLINE) {
        (2 * (beside(0) - longest), label.phrases.join("\n"))
    } else {
        let options = textwrap::Options::new(beside(LEAST_UNDERLINE).max(2 * LEAST_UNDERLINE));
        (underline.min(LEAST_UNDERLINE), textwrap::fill(&line, options))
    };
    labeled(excerpt.shortened(place, underline), label.primary, text)
}

fn longest(phrases: &[String]) -> usize {
    phrases.iter().map(|phrase| display_width(phrase)).max().unwrap_or(0)
}

fn labeled(place: SourceSpan, primary: bool, text: String) -> LabeledSpan {
    let text = Some(text).filter(|text| !text.is_empty());
    match primary {
        true => LabeledSpan::new_primary_with_span(text, place),
        false => LabeledSpan::new_with_span(text, place),
    }
}

fn drawn(handler: &GraphicalReportHandler, drawn: &Drawn<'_>) -> io::Result<String> {
    let mut text = String::new();
    handler.render_report(&mut text, drawn).map_err(io::Error::other)?;
    Ok(text)
}

/// Paragraphs behind a word at the margin.
fn paragraphs(word: &str, paragraphs: &[String], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let style = if terminal.color { AnsiColor::Cyan.on_default() } else { anstyle::Style::new() };
    let blank = " ".repeat(word.len() + 1);
    let options = fit::options(terminal.width.saturating_sub(2)).initial_indent(&blank).subsequent_indent(&blank);
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = textwrap::fill(paragraph, &options);
        match text.strip_prefix(&blank) {
            Some(text) if i == 0 => writeln!(out, "{style}{word}{style:#} {text}")?,
            _ => writeln!(out, "{text}")?,
        }
    }
    Ok(())
}

/// What miette draws at once: the heading, or one picture.
#[derive(Debug)]
struct Drawn<'a> {
    block: &'a Block,
    picture: Option<&'a Picture>,
}

impl Drawn<'_> {
    fn heading(&self) -> Option<&Block> {
        self.picture.is_none().then_some(self.block)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.heading().map_or("", |block| &block.message))
    }
}

impl std::error::Error for Drawn<'_> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.heading()?.cause.as_ref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}

impl miette::Diagnostic for Drawn<'_> {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.heading().map(|block| Box::new(&block.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.block.severity)
    }

    fn url(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.heading()?.link.as_ref().map(|link| Box::new(link) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.picture.map(|picture| &picture.excerpt as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.picture?.labels.iter().cloned()))
    }
}
