//! Findings: what a rule has to say about a resource, after the verdict.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::resource::{Call, Format};
use crate::source::{FileId, Span};
use crate::value::Origin;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// For information.
    Info,
    /// Worth knowing.
    Low,
    /// Worth mending soon.
    Medium,
    /// Worth blocking a change.
    High,
    /// Data is exposed or lost.
    Critical,
}

impl Severity {
    /// All, the least first.
    pub const ALL: [Severity; 5] =
        [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// `info`, `low`, `medium`, `high` or `critical`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// The severity of this name.
    pub fn parse(name: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.as_str() == name)
    }
}

/// What a rule says of a resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// The rule is broken, whatever is not known.
    Fail,
    /// It depends on what is not known.
    Open,
}

impl Verdict {
    /// `fail` or `open`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Fail => "fail",
            Verdict::Open => "open",
        }
    }
}

/// One result.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's id.
    pub rule: Arc<str>,
    /// Fail or open.
    pub verdict: Verdict,
    /// How much it matters: the rule's severity unless the rule or the configuration says otherwise.
    pub severity: Severity,
    /// What is wrong here, as one sentence without a final stop.
    pub message: String,
    /// The resource's address. With several call sites: that of the first instance.
    pub resource: Arc<str>,
    /// All addresses this holds for: instances, and the same place reached by several calls.
    pub instances: Vec<Arc<str>>,
    /// A second name for people: CDK's construct path, the id of what a transform has made from the resource.
    pub resource_label: Option<Arc<str>>,
    /// What the resource is written in.
    pub format: Format,
    /// The resource's type as it is deployed.
    pub resource_type: Arc<str>,
    /// What to underline: the attribute, or the closest block around where it would be.
    pub region: Span,
    /// Where the resource is declared.
    pub resource_header: Span,
    /// All of the resource: suppressions anywhere in it can apply.
    pub resource_span: Span,
    /// The setting's path in the view: `encryption.bucket_key`.
    pub path: String,
    /// Where the value was written and how it came, if it is not written at `region` itself.
    pub origin: Origin,
    /// The calls by which the resource was reached: one list for each distinct way.
    pub calls: Vec<Vec<Call>>,
    /// For `open`, and for resources that exist only sometimes: in which case it fails.
    pub when: Option<String>,
    /// How to mend it, if the view knows how to write the setting.
    pub fix: Option<Fix>,
    /// Why this result is not reported, if it is suppressed.
    pub suppressed: Option<Suppressed>,
}

impl Finding {
    /// Puts the places in files that are links to others into those: the same text is one place.
    pub fn follow(&mut self, links: &FxHashMap<FileId, FileId>) {
        let followed = |span: &mut Span| {
            if let Some(file) = links.get(&span.file) {
                span.file = *file;
            }
        };
        let calls = self.calls.iter_mut().flatten().map(|call| &mut call.span);
        let edits = self.fix.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
        [&mut self.region, &mut self.resource_header, &mut self.resource_span]
            .into_iter()
            .chain(calls)
            .chain(edits)
            .for_each(followed);
        self.origin = self.origin.moved(&|mut span| {
            followed(&mut span);
            span
        });
    }
}

/// A suppression that applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suppressed {
    /// Where it is written; `None` for the configuration file and baseline.
    pub span: Option<Span>,
    /// `inline`, `metadata`, `configuration`, `baseline`.
    pub kind: &'static str,
    /// The reason given.
    pub reason: Option<String>,
}

/// Edits that mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, for people: `set bucket_key_enabled = true`.
    pub title: String,
    /// Whether it can be applied without a look (nothing is replaced, no access is lost).
    pub safe: bool,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// Replaces the bytes of a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// By what.
    pub text: String,
}
