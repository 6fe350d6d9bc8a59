//! Source text and positions in it.
//!
//! A [`Span`] is a range of bytes in one file. Lines and columns exist only at the edges (reports, editors): they are
//! computed from a span by its [`Source`] when they are printed.

use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::columns::{Columns, characters};

/// The largest file that is read, in bytes. Byte offsets are `u32`; a larger file is reported, not read.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Identifies a [`Source`] within its [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A range of bytes in one file, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Offsets fit: no source is larger than `MAX_FILE_BYTES`.
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the start of `self` to the end of `other`; both lie in one file.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file);
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within `self`.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The bytes as a range, for slicing a source's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place a person can go to. Lines and columns count from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// One file's text with the index of its lines.
#[derive(Debug)]
pub struct Source {
    /// Its identity.
    pub id: FileId,
    /// The path as the user should see it: relative to the working directory where that is possible.
    pub path: PathBuf,
    /// The text. A byte order mark is part of it.
    pub text: Arc<str>,
    /// Whether `path` is that of a file. Values of the command line and standard input have a name in its place.
    pub is_file: bool,
    lines: OnceLock<Vec<u32>>,
    columns: Columns,
    /// Whether it is JSON: see [`crate::parse::template::is_json`].
    pub(crate) json: OnceLock<bool>,
}

impl Source {
    /// A source outside any [`Sources`], for tests and for text that has no file.
    pub fn new(id: FileId, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Source {
            id,
            path: path.into(),
            text,
            is_file: true,
            lines: OnceLock::new(),
            columns: Columns::default(),
            json: OnceLock::new(),
        }
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, self.text.len())
    }

    /// Byte offsets at which lines start. A line ends with `\n`; `\r` before it belongs to the line's end.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let mut starts = Vec::with_capacity(newlines.clone().count() + 1);
            starts.push(0);
            starts.extend(newlines.map(|at| at as u32 + 1));
            starts
        })
    }

    /// The line that holds byte `offset`, from 1.
    pub fn line(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset)
    }

    /// The text of a line (from 1), without its line end. Empty when there is no such line.
    pub fn line_text(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let Some(start) = line.checked_sub(1).and_then(|i| starts.get(i)) else { return "" };
        let end = starts.get(line).map_or(self.text.len(), |end| *end as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// Line and column of byte `offset`.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts()[line - 1] as usize;
        let column = self.columns.between(&self.text, start, offset as usize, characters) + 1;
        Position { line, column }
    }

    /// The text under a span; empty when the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// All texts of a run. Files are only ever added, so ids and spans stay valid.
#[derive(Default, Debug)]
pub struct Sources {
    files: RwLock<Files>,
}

#[derive(Clone, Default, Debug)]
struct Files {
    all: Vec<Arc<Source>>,
    /// The last file by the hash of its path.
    by_path: FxHashMap<u64, FileId>,
}

impl Files {
    fn add(&mut self, path: &Path, text: Arc<str>, is_file: bool) -> Arc<Source> {
        let id = FileId(self.all.len() as u32);
        let source = Arc::new(Source { is_file, ..Source::new(id, path, text) });
        self.by_path.insert(hash(path), id);
        self.all.push(Arc::clone(&source));
        source
    }
}

impl Sources {
    /// Adds a text and names it.
    pub fn add(&self, path: impl AsRef<Path>, text: impl Into<Arc<str>>) -> Arc<Source> {
        self.files.write().unwrap_or_else(PoisonError::into_inner).add(path.as_ref(), text.into(), true)
    }

    /// Adds a text that stands in no file, under a name for people.
    pub fn add_text(&self, name: &str, text: impl Into<Arc<str>>) -> Arc<Source> {
        self.files.write().unwrap_or_else(PoisonError::into_inner).add(Path::new(name), text.into(), false)
    }

    /// The source of this path and text; added unless it is there. So a file that is judged on its own and read by a
    /// function as well is one, and so are its findings.
    pub fn add_once(&self, path: &Path, text: impl Into<Arc<str>>) -> Arc<Source> {
        let text: Arc<str> = text.into();
        // One lock over both steps: templates that nest the same file are evaluated side by side.
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        let known = files.by_path.get(&hash(path)).and_then(|id| files.all.get(id.0 as usize));
        match known {
            Some(source) if plain(&source.path) == plain(path) && source.text == text => Arc::clone(source),
            _ => files.add(path, text, true),
        }
    }

    /// The id that the next text gets: those of later texts are not less.
    pub fn next(&self) -> FileId {
        FileId(self.files.read().unwrap_or_else(|poisoned| poisoned.into_inner()).all.len() as u32)
    }

    /// All texts, in the order of their ids.
    pub fn all(&self) -> Vec<Arc<Source>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).all.clone()
    }

    /// A collection that begins with these texts: their ids are valid in both, and what is added to one is not in the
    /// other. So a run can build on what several share.
    #[must_use]
    pub fn snapshot(&self) -> Sources {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner).clone();
        Sources { files: RwLock::new(files) }
    }

    /// The source of a span or id that this collection handed out.
    pub fn get(&self, id: FileId) -> Option<Arc<Source>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).all.get(id.0 as usize).cloned()
    }
}

fn hash(path: &Path) -> u64 {
    FxBuildHasher.hash_one(plain(path))
}

/// A path without `./` before it.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}
