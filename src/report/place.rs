//! Places as reports print them: a path, lines and columns.

use std::path::{Component, Path};
use std::sync::Arc;

use serde::Serialize;

use super::escape;
pub(super) use crate::base::display;
use crate::source::{Position, Source, Sources, Span};

/// A span with its source and its lines and columns.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) source: Arc<Source>,
    pub(super) span: Span,
    pub(super) start: Position,
    pub(super) end: Position,
}

/// A region in JSON output. Lines and columns count from 1, the end column is exclusive.
#[derive(Serialize)]
pub(super) struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

impl Place {
    /// The place of a span; `None` if the span is of another run.
    pub(super) fn of(span: Span, sources: &Sources) -> Option<Place> {
        let source = sources.get(span.file)?;
        let (start, end) = (source.position(span.start), source.position(span.end));
        Some(Place { source, span, start, end })
    }

    /// The path with forward slashes.
    pub(super) fn path(&self) -> String {
        display(&self.source.path)
    }

    /// Whether start and end are on one line.
    pub(super) fn on_one_line(&self) -> bool {
        self.start.line == self.end.line
    }

    /// The region for JSON output.
    pub(super) fn region(&self) -> Region {
        Region {
            start_line: self.start.line,
            start_column: self.start.column,
            end_line: self.end.line,
            end_column: self.end.column,
            byte_offset: self.span.start as usize,
            byte_length: self.span.len(),
        }
    }
}

/// A path as the reference of a SARIF artifact: relative to the source root, or a `file:` URI if it is absolute.
pub(super) fn uri(path: &Path) -> (String, bool) {
    let absolute = path.components().any(|part| matches!(part, Component::Prefix(_) | Component::RootDir));
    let text = escape::uri(&display(path));
    if absolute { (file_uri(path), true) } else { (text, false) }
}

/// The `file:` URI of an absolute path.
pub fn file_uri(path: &Path) -> String {
    let text = escape::uri(&display(path));
    format!("file://{}{text}", if text.starts_with('/') { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_region_counts_scalar_values_and_bytes_apart() {
        let sources = Sources::default();
        let source = sources.add("./a b/é.tf", "a = 1\r\nname = \"äöü\" # x\r\n");
        let start = source.text.find("\"äöü\"").unwrap_or(0);
        let place = Place::of(Span::new(FileId(0), start, start + "\"äöü\"".len()), &sources);
        let place = place.map(|place| (place.path(), place.start, place.end, place.region().byte_length));
        let (start, end) = (Position { line: 2, column: 8 }, Position { line: 2, column: 13 });
        assert_eq!(place, Some(("a b/é.tf".to_string(), start, end, 8)));
        assert_eq!(uri(&source.path), ("a%20b/%C3%A9.tf".to_string(), false));
    }

    #[cfg(unix)]
    #[test]
    fn an_absolute_path_is_a_file_uri() {
        assert_eq!(uri(Path::new("/a/#b.tf")), ("file:///a/%23b.tf".to_string(), true));
    }
}
