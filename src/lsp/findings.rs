//! Findings and diagnostics as the protocol has them.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gen_lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Range, TextEdit,
    Uri,
};
use serde_json::{Value as Json, json};

use super::client::Client;
use super::documents::Documents;
use super::modules::Judgement;
use super::position::Lines;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::finding::{Edit, Finding, Fix, Severity, Verdict};
use crate::report::{escape_control, trail};
use crate::source::{FileId, Span};

/// The name under which everything is shown.
pub(super) const SOURCE: &str = "sealint";

/// Of how many ways to a resource the calls are shown.
const MAX_WAYS: usize = 5;

/// The places of a judgement, as the editor counts and names them.
pub(super) struct Places<'a> {
    judgement: &'a Judgement,
    documents: &'a Documents,
    client: &'a Client,
    lines: RefCell<HashMap<FileId, Rc<Lines<'a>>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(judgement: &'a Judgement, documents: &'a Documents, client: &'a Client) -> Self {
        Places { judgement, documents, client, lines: RefCell::default() }
    }

    /// The file of a text. Values of the configuration are texts without one.
    pub(super) fn path(&self, file: FileId) -> Option<&'a Path> {
        let path = self.judgement.paths.get(file.0 as usize)?;
        (self.documents.get(path).is_some() || path.is_file()).then_some(path)
    }

    pub(super) fn range(&self, span: Span) -> Option<Range> {
        let source = self.judgement.sources.get(span.file.0 as usize)?;
        let mut lines = self.lines.borrow_mut();
        let lines = lines.entry(span.file).or_insert_with(|| Rc::new(Lines::new(&source.text, self.client.encoding)));
        Some(lines.range(span))
    }

    fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.documents.uri(self.path(span.file)?), range: self.range(span)? })
    }

    /// Edits by file.
    pub(super) fn edits<'e>(&self, edits: impl IntoIterator<Item = &'e Edit>) -> Option<Vec<(PathBuf, Vec<TextEdit>)>> {
        let mut by_file: BTreeMap<PathBuf, Vec<TextEdit>> = BTreeMap::new();
        for edit in edits {
            let path = self.path(edit.span.file)?.to_owned();
            let edit = TextEdit { range: self.range(edit.span)?, new_text: edit.text.clone() };
            by_file.entry(path).or_default().push(edit);
        }
        Some(by_file.into_iter().collect())
    }

    /// All that a judgement has to say, by file.
    pub(super) fn shown(&self) -> BTreeMap<PathBuf, Vec<Shown>> {
        let mut shown: BTreeMap<PathBuf, Vec<Shown>> = BTreeMap::new();
        for finding in &self.judgement.findings {
            if let Some(path) = self.path(finding.region.file) {
                shown.entry(path.to_owned()).or_default().extend(self.finding(finding));
            }
        }
        // As on a terminal: what leaves the results as they are is told only if something can be done about it.
        let worth =
            |diagnostic: &&Diagnostic| diagnostic.level != Level::Note || diagnostic.code == Code::MissingModule;
        for diagnostic in self.judgement.diagnostics.iter().filter(worth) {
            let (path, diagnostic) = self.diagnostic(diagnostic);
            shown.entry(path).or_default().push(diagnostic);
        }
        shown
    }

    fn finding(&self, finding: &Finding) -> Option<Shown> {
        let metadata = self.judgement.project.as_ref().and_then(|project| project.rules.metadata_of(&finding.rule));
        let when = finding.when.as_ref().map(|when| format!(" ({when})")).unwrap_or_default();
        let mut steps = trail::origin(finding);
        steps.extend(trail::calls(finding, MAX_WAYS));
        let related = steps.iter().map(|step| (step.span, step.text()));
        let data = finding.fix.as_ref().and_then(|fix| self.data(fix));
        Some(Shown {
            range: self.range(finding.region)?,
            severity: Some(severity(finding)),
            code: Some(finding.rule.to_string().into()),
            code_description: metadata
                .and_then(|rule| rule.link().map(str::to_owned))
                .map(|link| CodeDescription { href: link.into() }),
            source: Some(SOURCE.to_owned()),
            message: escape_control(&format!("{}{when}", finding.message)).into_owned().into(),
            tags: None,
            related_information: self.related(related),
            data,
        })
    }

    /// The fix of a finding, for clients that keep what they are told.
    fn data(&self, fix: &Fix) -> Option<Json> {
        let edits = self.edits(&fix.edits)?.into_iter();
        let edits: Vec<Json> =
            edits.map(|(path, edits)| json!({ "uri": self.documents.uri(&path), "edits": edits })).collect();
        Some(json!({ "fix": { "title": fix.title, "safe": fix.safe, "changes": edits } }))
    }

    /// A diagnostic with its file: that of its place, or else what is open.
    fn diagnostic(&self, diagnostic: &Diagnostic) -> (PathBuf, Shown) {
        let file = diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let own = file.and_then(|file| self.path(file)).map(Path::to_owned);
        let named = || diagnostic.path.as_ref().and_then(|path| std::path::absolute(path).ok());
        let path = own.or_else(|| named().filter(|path| path.is_file()));
        let is_placed = path.is_some();
        let range = diagnostic.span.filter(|_| is_placed).and_then(|span| self.range(span)).unwrap_or_default();
        let mut message = match &diagnostic.path {
            Some(place) if !is_placed => format!("{}: {}", place.display(), diagnostic.message),
            _ => diagnostic.message.clone(),
        };
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\n{help}"));
        }
        let message = message.lines().map(escape_control).collect::<Vec<_>>().join("\n");
        let shown = Shown {
            range,
            severity: Some(match diagnostic.level {
                Level::Error => DiagnosticSeverity::Error,
                Level::Warning => DiagnosticSeverity::Warning,
                Level::Note => DiagnosticSeverity::Information,
            }),
            code: Some(diagnostic.code.as_str().to_owned().into()),
            code_description: None,
            source: Some(SOURCE.to_owned()),
            message: message.into(),
            tags: None,
            related_information: self.related(diagnostic.labels.iter().map(|label| (label.span, label.text.clone()))),
            data: None,
        };
        (path.unwrap_or_else(|| self.judgement.open.clone()), shown)
    }

    fn related(&self, places: impl Iterator<Item = (Span, String)>) -> Option<Vec<DiagnosticRelatedInformation>> {
        let related = places.filter_map(|(span, text)| {
            let message = escape_control(&text).into_owned();
            Some(DiagnosticRelatedInformation { location: self.location(span)?, message })
        });
        Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty())
    }

    /// The name of a file, and the version of its text if it is open.
    pub(super) fn name(&self, path: &Path) -> (Uri, Option<i32>) {
        (self.documents.uri(path), self.documents.get(path).map(|document| document.version))
    }

    /// The findings in a file that a range touches.
    pub(super) fn touched(&self, path: &Path, range: Range) -> impl Iterator<Item = &'a Finding> {
        let touches = move |finding: &&Finding| {
            self.path(finding.region.file) == Some(path)
                && self.range(finding.region).is_some_and(|own| own.start <= range.end && range.start <= own.end)
        };
        self.judgement.findings.iter().filter(touches)
    }

    /// A finding as it was shown.
    pub(super) fn as_shown(&self, finding: &Finding) -> Option<Vec<Shown>> {
        self.finding(finding).map(|shown| vec![shown])
    }
}

fn severity(finding: &Finding) -> DiagnosticSeverity {
    match (finding.verdict, finding.severity) {
        (Verdict::Open, _) => DiagnosticSeverity::Hint,
        (_, Severity::Critical | Severity::High) => DiagnosticSeverity::Error,
        (_, Severity::Medium) => DiagnosticSeverity::Warning,
        (_, Severity::Low | Severity::Info) => DiagnosticSeverity::Information,
    }
}
