//! One suppression as it is written in a file.

use chrono::NaiveDate;

use super::{Known, alias};
use crate::config::Foreign;
use crate::diagnostic::{Code, Diagnostic};
use crate::finding::Suppressed;
use crate::source::Span;

/// A suppression.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Directive {
    pub(super) span: Span,
    pub(super) names: Vec<Name>,
    pub(super) reason: Option<String>,
    /// The last day on which it counts.
    pub(super) until: Option<NaiveDate>,
    pub(super) target: Target,
    /// The linter whose notation this is; `None` for our own.
    pub(super) foreign: Option<Foreign>,
}

/// A rule that a suppression names.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) used: bool,
}

/// What a suppression belongs to.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Target {
    /// Lines of its file, from 1.
    Lines(Vec<usize>),
    /// The object of a JSON file that it stands in.
    Object(Span),
    /// The resource that it stands in.
    Resource,
    /// The file.
    File,
}

impl Directive {
    /// Whether it names a rule.
    pub(super) fn names(&self, rule: &str, known: &Known) -> bool {
        self.names.iter().any(|name| match self.foreign {
            None => name.text == rule,
            Some(_) => known.aliases.get(&alias(&name.text)).is_some_and(|ids| ids.iter().any(|id| **id == *rule)),
        })
    }

    /// What it says of a finding.
    pub(super) fn suppressed(&self) -> Suppressed {
        Suppressed { span: Some(self.span), kind: self.kind(), reason: self.reason.clone() }
    }

    /// How it is written, as reports say it.
    pub(super) fn kind(&self) -> &'static str {
        match self.target {
            Target::Lines(_) | Target::Object(_) => "inline",
            Target::Resource if self.foreign == Some(Foreign::Checkov) => "inline",
            Target::Resource | Target::File => "metadata",
        }
    }
}

/// A date as `until` has it; one that is none is reported.
pub(super) fn date(text: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    if date.is_none() {
        let message = format!("`{text}` is no date");
        let help = "write it as year, month and day: 2027-01-31";
        diagnostics.push(Diagnostic::warning(Code::Suppression, message, span).help(help));
    }
    date
}
