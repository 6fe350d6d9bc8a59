//! The texts that the editor has open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::{TextDocumentContentChangeEvent as Change, TextDocumentItem, Uri};

use super::position::{Encoding, Lines};
use super::uri;
use crate::discover::Unsaved;

/// A text that is open.
pub(super) struct Document {
    /// Its name, as the editor writes it.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
}

/// What is open, by absolute path. What is no file is not among it.
#[derive(Default)]
pub(super) struct Documents(BTreeMap<PathBuf, Document>);

impl Documents {
    /// Takes a text in; its path.
    pub(super) fn open(&mut self, item: TextDocumentItem) -> Option<PathBuf> {
        let path = uri::path(&item.uri)?;
        let document = Document { uri: item.uri, version: item.version, text: item.text.into() };
        self.0.insert(path.clone(), document);
        Some(path)
    }

    /// Changes a text; its path.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<Change>,
        encoding: Encoding,
    ) -> Option<PathBuf> {
        let path = uri::path(uri)?;
        let document = self.0.get_mut(&path)?;
        let mut text = document.text.to_string();
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let lines = Lines::new(&text, encoding);
                    let (start, end) = (lines.offset(part.range.start), lines.offset(part.range.end));
                    text.replace_range(start..end.max(start), &part.text);
                }
            }
        }
        document.version = version;
        document.text = text.into();
        Some(path)
    }

    /// Lets go of a text; its path.
    pub(super) fn close(&mut self, uri: &Uri) -> Option<PathBuf> {
        let path = uri::path(uri)?;
        self.0.remove(&path).map(|_| path)
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Document> {
        self.0.get(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().map(PathBuf::as_path)
    }

    /// The name of a file: the editor's own if it is open.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        self.get(path).map_or_else(|| uri::of(path), |document| document.uri.clone())
    }

    /// All texts, in place of what is on disk.
    pub(super) fn unsaved(&self) -> Unsaved {
        let mut unsaved = Unsaved::default();
        self.0.iter().for_each(|(path, document)| unsaved.insert(path, Arc::clone(&document.text)));
        unsaved
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_one_after_the_other() {
        let mut documents = Documents::default();
        let item = |text: &str| TextDocumentItem {
            uri: "file:///a.tf".into(),
            language_id: "terraform".into(),
            version: 1,
            text: text.to_owned(),
        };
        let change = |range: serde_json::Value, text: &str| {
            serde_json::from_value::<Change>(serde_json::json!({ "range": range, "text": text })).ok()
        };
        let range = |line: u32, start: u32, end: u32| serde_json::json!({ "start": { "line": line, "character": start }, "end": { "line": line, "character": end } });
        documents.open(item("é = 1\nb = 2\n"));
        let changes = [change(range(0, 4, 5), "\"😀\""), change(range(0, 8, 8), " # c"), change(range(1, 0, 1), "bc")];
        let changes: Vec<Change> = changes.into_iter().flatten().collect();
        let path = documents.change(&"file:///a.tf".into(), 2, changes, Encoding::Utf16);
        let text = path.and_then(|path| documents.get(&path)).map(|document| (&*document.text, document.version));
        assert_eq!(text, Some(("é = \"😀\" # c\nbc = 2\n", 2)));
        assert_eq!(documents.open(TextDocumentItem { uri: "untitled:1".into(), ..item("") }), None);
    }
}
