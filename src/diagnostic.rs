//! What sealint has to say about its own work on the input: a syntax error, a bound that was reached, a rule that does
//! not load. Verdicts of rules are findings (see `finding`), never diagnostics.

use crate::source::{FileId, Span};

/// How much of the work a diagnostic puts in doubt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// For information: the result stands.
    Note,
    /// Something was left out that may matter; the result stands for the rest.
    Warning,
    /// A part of the input could not be read or evaluated. The run exits with 2.
    Error,
}

/// A stable name for a kind of diagnostic, as printed and as found in JSON output.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// The text breaks the grammar of its format.
    ParseError,
    /// A mapping or object has the same key twice.
    DuplicateKey,
    /// The file could not be read (permission, encoding, size, a folder where a file should be).
    Unreadable,
    /// A bound on nesting, size or work was reached.
    Limit,
    /// A reference, function call or template part is wrong in itself.
    Evaluation,
    /// A reference to what the module does not declare. Those of one file are told as one.
    Undeclared,
    /// A module's source is not on this machine.
    MissingModule,
    /// A template's shape is not what CloudFormation or SAM accepts.
    Template,
    /// A policy document's shape is not what IAM accepts.
    Policy,
    /// A rule or view does not load, or fails while it runs.
    Rule,
    /// A configuration file or value is wrong.
    Configuration,
    /// A suppression that is unused, expired, unknown or lacks its reason.
    Suppression,
}

impl Code {
    /// The code as text, for example `parse-error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::ParseError => "parse-error",
            Code::DuplicateKey => "duplicate-key",
            Code::Unreadable => "unreadable",
            Code::Limit => "limit",
            Code::Evaluation => "evaluation",
            Code::Undeclared => "undeclared",
            Code::MissingModule => "missing-module",
            Code::Template => "template",
            Code::Policy => "policy",
            Code::Rule => "rule",
            Code::Configuration => "configuration",
            Code::Suppression => "suppression",
        }
    }
}

/// A second place, with what it has to do with the first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What it is, as a short phrase.
    pub text: String,
}

/// One message about the work, with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// Its weight.
    pub level: Level,
    /// One sentence without a final stop.
    pub message: String,
    /// The exact place, when there is one.
    pub span: Option<Span>,
    /// The file, when the place is a file as a whole (`span` is `None`).
    pub file: Option<FileId>,
    /// The path, when the file could not be read and so is no source.
    pub path: Option<std::path::PathBuf>,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place yet.
    pub fn new(level: Level, code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            level,
            message: message.into(),
            span: None,
            file: None,
            path: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// An error at a place.
    pub fn error(code: Code, message: impl Into<String>, span: Span) -> Self {
        Diagnostic::new(Level::Error, code, message).at(span)
    }

    /// A warning at a place.
    pub fn warning(code: Code, message: impl Into<String>, span: Span) -> Self {
        Diagnostic::new(Level::Warning, code, message).at(span)
    }

    /// A note at a place.
    pub fn note(code: Code, message: impl Into<String>, span: Span) -> Self {
        Diagnostic::new(Level::Note, code, message).at(span)
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self.file = Some(span.file);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
