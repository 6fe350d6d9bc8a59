//! What the editor can do about findings: mend them, or say why they stay.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    CodeAction, CodeActionKind, DocumentChange, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};

use super::client::Client;
use super::findings::Places;
use super::modules::Judgement;
use crate::finding::{Finding, Fix, Verdict};
use crate::fix::changes;
use crate::suppress;

/// The kind of the action that mends all that can be mended without a look.
pub(super) const FIX_ALL: &str = "source.fixAll.sealint";

/// The kinds of actions there are.
pub(super) fn kinds() -> Vec<CodeActionKind> {
    vec![CodeActionKind::QuickFix, CodeActionKind::Custom(FIX_ALL.into())]
}

/// Makes the actions for a range of a file.
pub(super) struct Actions<'a> {
    pub(super) path: &'a Path,
    pub(super) judgement: &'a Judgement,
    pub(super) places: &'a Places<'a>,
    pub(super) client: &'a Client,
    /// The kinds that are asked for; all if there is none.
    pub(super) only: Option<Vec<CodeActionKind>>,
}

impl Actions<'_> {
    /// For each finding that the range touches its fix and its suppression; one to mend all of the file.
    pub(super) fn all(&self, range: Range) -> Vec<CodeAction> {
        let mut actions = Vec::new();
        if self.wants(&CodeActionKind::QuickFix) {
            let findings: Vec<&Finding> = self.places.touched(self.path, range).collect();
            actions.extend(findings.iter().filter_map(|finding| self.fix(finding)));
            actions.extend(findings.iter().filter_map(|finding| self.suppression(finding)));
        }
        if self.wants(&CodeActionKind::Custom(FIX_ALL.into())) {
            actions.extend(self.fix_all());
        }
        actions
    }

    /// Whether a kind is asked for: `source` asks for `source.fixAll.sealint` as well.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let kind = kind.to_string();
        let covers = |wanted: &CodeActionKind| {
            let wanted = wanted.to_string();
            wanted.is_empty() || kind.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(covers))
    }

    fn fix(&self, finding: &Finding) -> Option<CodeAction> {
        let fix = mending(finding)?;
        let warning = if fix.safe { "" } else { ": look first, it may replace a resource or take access away" };
        Some(CodeAction {
            title: format!("{} ({}{warning})", sentence(&fix.title), finding.rule),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: self.places.as_shown(finding),
            is_preferred: fix.safe.then_some(true),
            edit: Some(self.workspace_edit(self.places.edits(&fix.edits)?)),
            ..CodeAction::default()
        })
    }

    fn suppression(&self, finding: &Finding) -> Option<CodeAction> {
        let source = self.judgement.sources.get(finding.region.file.0 as usize)?;
        let edit = suppress::comment(finding, source)?;
        Some(CodeAction {
            title: format!("Ignore {} here, with a reason to fill in", finding.rule),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: self.places.as_shown(finding),
            edit: Some(self.workspace_edit(self.places.edits([&edit])?)),
            ..CodeAction::default()
        })
    }

    /// All safe fixes that change nothing but this file.
    fn fix_all(&self) -> Option<CodeAction> {
        let is_here = |fix: &&Fix| fix.edits.iter().all(|edit| self.places.path(edit.span.file) == Some(self.path));
        let fixes = self.judgement.findings.iter().filter_map(mending).filter(|fix| fix.safe).filter(is_here);
        let (changes, taken) = changes(fixes);
        if taken == 0 {
            return None;
        }
        let edits = self.places.edits(changes.values().flat_map(|change| &change.edits))?;
        Some(CodeAction {
            title: "Fix all findings of sealint that can be fixed safely".to_owned(),
            kind: Some(CodeActionKind::Custom(FIX_ALL.into())),
            edit: Some(self.workspace_edit(edits)),
            ..CodeAction::default()
        })
    }

    /// Edits as the client takes them: with the versions they are for, if it can.
    fn workspace_edit(&self, edits: Vec<(PathBuf, Vec<TextEdit>)>) -> WorkspaceEdit {
        if !self.client.versioned_edits {
            let changes: HashMap<_, _> =
                edits.into_iter().map(|(path, edits)| (self.places.name(&path).0, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let changes = edits.into_iter().map(|(path, edits)| {
            let (uri, version) = self.places.name(&path);
            DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version,
                    text_document_identifier: TextDocumentIdentifier { uri },
                },
                edits: edits.into_iter().map(Into::into).collect(),
            })
        });
        WorkspaceEdit { document_changes: Some(changes.collect()), ..WorkspaceEdit::default() }
    }
}

/// The fix of a finding that is sure.
fn mending(finding: &Finding) -> Option<&Fix> {
    finding.fix.as_ref().filter(|_| finding.verdict == Verdict::Fail)
}

/// A phrase with a capital.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
