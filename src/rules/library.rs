//! The rules and views that come with sealint, read only when something needs them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::metadata::Profile;
use crate::diagnostic::Diagnostic;
use crate::parse::json;
use crate::source::{FileId, Source};
use crate::view::{self, View};

include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// A view file in the binary.
pub(super) struct EmbeddedView {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    /// As JSON.
    json: &'static str,
    /// The file itself, as people read it.
    #[cfg(test)]
    text: &'static str,
}

/// A rule folder in the binary.
pub(super) struct EmbeddedRule {
    pub(super) id: &'static str,
    pub(super) view: &'static str,
    is_strict: bool,
    pub(super) severity: &'static str,
    pub(super) path: &'static str,
    pub(super) text: &'static str,
    pub(super) examples: &'static str,
    program: Range<usize>,
    /// Whether it reads parameters.
    pub(super) has_parameters: bool,
    /// The settings it reads, one on a line.
    reads: &'static str,
    /// Its metadata as JSON.
    pub(super) metadata: &'static str,
}

impl EmbeddedRule {
    /// The rule compiled for the engine's virtual machine; empty if it cannot be.
    pub(super) fn program(&self) -> &'static [u8] {
        PROGRAMS.get(self.program.clone()).unwrap_or_default()
    }

    /// The settings it reads, as dotted paths.
    pub(super) fn reads(&self) -> impl Iterator<Item = &'static str> {
        self.reads.lines()
    }

    /// Its smallest profile.
    pub(super) fn profile(&self) -> Profile {
        if self.is_strict { Profile::Strict } else { Profile::Default }
    }
}

static LOADED: [OnceLock<Option<Arc<View>>>; VIEWS.len()] = [const { OnceLock::new() }; VIEWS.len()];

/// The views that describe a resource type, in the order of the library.
pub(super) fn views_of(ty: &str) -> &'static [usize] {
    TYPES.binary_search_by(|(name, _)| (*name).cmp(ty)).map_or(&[], |at| TYPES[at].1)
}

/// The resource types that the library's views describe.
pub(super) fn types() -> impl Iterator<Item = &'static str> + Clone {
    TYPES.iter().map(|(ty, _)| *ty)
}

/// The built-in view with this number.
pub(super) fn view(number: usize) -> Option<Arc<View>> {
    LOADED.get(number)?.get_or_init(|| load(&VIEWS[number]).0).clone()
}

/// The built-in view of this name.
pub(super) fn view_named(name: &str) -> Option<Arc<View>> {
    view(VIEWS.iter().position(|view| view.name == name)?)
}

/// Reads an embedded view. Its diagnostics are tested to be none.
pub(super) fn load(embedded: &EmbeddedView) -> (Option<Arc<View>>, Vec<Diagnostic>) {
    let (root, mut diagnostics) = json::parse(&source(embedded.path, embedded.json));
    let (view, mut mistakes) = view::from_node(&root);
    diagnostics.append(&mut mistakes);
    (view.map(Arc::new), diagnostics)
}

/// The file of embedded texts.
pub(super) const FILE: FileId = FileId(u32::MAX);

/// An embedded text as a source. Its spans are never shown together with those of scanned files.
pub(super) fn source(path: &str, text: &'static str) -> Source {
    Source::new(FILE, path, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rule;

    #[test]
    fn every_view_loads_without_a_diagnostic() {
        for embedded in VIEWS {
            let (view, diagnostics) = load(embedded);
            assert!(view.is_some() && diagnostics.is_empty(), "{}: {diagnostics:?}", embedded.path);
            let (written, diagnostics) = view::load(&source(embedded.path, embedded.text));
            assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", embedded.path);
            let (read, written) = (view.as_deref().map(without_spans), written.as_ref().map(without_spans));
            assert_eq!(read, written, "{}", embedded.path);
        }
    }

    /// A view as text, without where its parts are written.
    fn without_spans(view: &View) -> String {
        let text = format!("{view:?}");
        let mut pieces = text.split("Span {");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |text, piece| text + piece.split_once('}').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn every_rule_loads_and_judges_a_view_that_exists() {
        for embedded in RULES {
            let rule = Rule::embedded(embedded);
            assert!(rule.metadata().is_some(), "{}: {:?}", embedded.path, rule.metadata_diagnostics());
            assert!(rule.metadata_diagnostics().is_empty(), "{}: {:?}", embedded.path, rule.metadata_diagnostics());
            let (written, mistakes) = super::super::rule::written_metadata(rule.source());
            assert!(mistakes.is_empty(), "{}: {mistakes:?}", embedded.path);
            assert_eq!(format!("{:?}", rule.metadata()), format!("{:?}", written.as_ref()), "{}", embedded.path);
            assert_eq!(rule.program().err(), None, "{}", embedded.path);
            let view = view_named(embedded.view);
            let wrong = view.iter().flat_map(|view| rule.unknown_settings(view));
            assert_eq!(wrong.map(|diagnostic| diagnostic.message).collect::<Vec<_>>(), [""; 0], "{}", embedded.path);
            assert!(view.is_some(), "{}: no view {}", embedded.path, embedded.view);
            for read in rule.reads() {
                let known = view.iter().flat_map(|view| view.settings.keys()).any(|setting| {
                    read.starts_with(&**setting) || setting.starts_with(&format!("{read}.")) || read.is_empty()
                });
                assert!(known, "{} reads `{read}`, which {} does not have", embedded.path, embedded.view);
            }
        }
    }
}
