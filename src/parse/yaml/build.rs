//! Events to trees.

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use rustc_hash::{FxHashMap, FxHashSet};

use super::scalar::{self, Plain};
use super::tags::{self, Meaning};
use super::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Entry, Node, NodeKind};
use crate::parse::problems::Problems;
use crate::source::{FileId, Span};
use crate::value::{Text, TextBuilder};

/// How many nodes all aliases of a file together may stand for.
const MAX_ALIASED_NODES: usize = 100_000;

/// What one pass over the text yields.
pub(super) struct Pass {
    /// The documents; the last one is cut short if there is an error.
    pub(super) documents: Vec<Node>,
    /// What is wrong beside syntax.
    pub(super) problems: Problems,
    /// The syntax error that ended the pass.
    pub(super) error: Option<ScanError>,
    /// Where the innermost brackets begin that were open then.
    pub(super) open_brackets: Option<usize>,
}

/// Reads `text` up to its end or first syntax error.
pub(super) fn pass(file: FileId, text: &str) -> Pass {
    let options = granit_parser::options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut builder = Builder {
        file,
        text,
        bom,
        before: bom,
        stack: Vec::new(),
        depth: 0,
        anchors: FxHashMap::default(),
        anchored: 0,
        aliased: 0,
        overflowed: false,
        documents: Vec::new(),
        problems: Problems::default(),
    };
    let mut error = None;
    for next in Parser::new_from_str_with_options(&text[bom..], options) {
        match next {
            Ok((event, span)) => builder.event(event, &span),
            Err(scan) => {
                error = Some(scan);
                break;
            }
        }
    }
    let open_brackets = builder.stack.iter().rev().find(|frame| frame.brackets).map(|frame| frame.start);
    while !builder.stack.is_empty() {
        builder.close(builder.before);
    }
    Pass { documents: builder.documents, problems: builder.problems, error, open_brackets }
}

/// A finished node with how many nodes it consists of and how deep they nest.
#[derive(Clone)]
struct Built {
    node: Node,
    size: usize,
    height: usize,
}

/// A tag with its place.
struct Tagged {
    meaning: Meaning,
    span: Span,
}

/// A collection that is not finished.
struct Frame {
    content: Content,
    start: usize,
    brackets: bool,
    anchor: usize,
    tag: Option<Tagged>,
    /// Nested too deep: its content is passed over.
    skipped: bool,
    size: usize,
    height: usize,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, merged: Vec<Node>, key: Option<Key> },
}

/// A key that waits for its value.
struct Key {
    text: Text,
    span: Span,
    merge: bool,
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    /// The length of the byte order mark before what the events count from.
    bom: usize,
    /// The end of the last thing that was read.
    before: usize,
    stack: Vec<Frame>,
    /// How deep the long forms of the open frames nest.
    depth: usize,
    /// What aliases can stand for; `None` for what is not kept since all of it is too much.
    anchors: FxHashMap<usize, Option<Built>>,
    /// How many nodes are kept for aliases, and for how many aliases have stood.
    anchored: usize,
    aliased: usize,
    /// Whether it was said that there are too many.
    overflowed: bool,
    documents: Vec<Node>,
    problems: Problems,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) {
        let range = self.offset(span.start.byte_offset())..self.offset(span.end.byte_offset());
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.anchored = 0;
            }
            Event::Scalar(decoded, style, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), span);
                self.scalar(&decoded, style, range, anchor, tag);
            }
            Event::SequenceStart(style, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), span);
                self.open(Content::Sequence(Vec::new()), style, range.start, anchor, tag);
            }
            Event::MappingStart(style, anchor, tag) => {
                let tag = self.tag(tag.as_deref(), span);
                let content = Content::Mapping { entries: Vec::new(), merged: Vec::new(), key: None };
                self.open(content, style, range.start, anchor, tag);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => {
                let span = self.span(range.start, range.end);
                self.problems.error(format!("there is no anchor `&{name}` before this alias"), span);
                self.add(leaf(Node::new(span, NodeKind::Null)), 0, false);
                self.before = range.end;
            }
            _ => {}
        }
    }

    fn offset(&self, offset: Option<usize>) -> usize {
        offset.map_or(self.before, |offset| (offset + self.bom).min(self.text.len()))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end.max(start))
    }

    fn tag(&mut self, tag: Option<&Tag>, span: &granit_parser::Span) -> Option<Tagged> {
        let meaning = tags::meaning(tag?);
        let written = span.tag_span().unwrap_or(*span);
        let (start, end) = (self.offset(written.start.byte_offset()), self.offset(written.end.byte_offset()));
        self.before = self.before.max(end);
        let span = self.span(start, end);
        if let Meaning::Other(name) = &meaning {
            let message =
                format!("the tag `{name}` is not one of CloudFormation's; its value is read as if it had none");
            self.problems.report(Diagnostic::warning(Code::ParseError, message, span));
        }
        Some(Tagged { meaning, span })
    }

    fn scalar(&mut self, decoded: &str, style: ScalarStyle, range: Range<usize>, anchor: usize, tag: Option<Tagged>) {
        let plain = style == ScalarStyle::Plain && tag.is_none();
        let nothing = style == ScalarStyle::Plain && range.is_empty();
        if nothing && tag.is_none() && anchor == 0 {
            // The events place what is not there at the next thing that is.
            self.skip_indicator();
        }
        let (span, text) = match style {
            _ if nothing => (self.span(self.before, self.before), Text::synthetic("")),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let (start, header) = self.block_header(range.start);
                let written = self.text.get(range.clone()).unwrap_or("").trim_end().len();
                let end = if written == 0 { header } else { range.start + written };
                (self.span(start, end), text::block(self.file, self.text, header, range.clone(), decoded))
            }
            _ => {
                let text = text::flow(self.file, self.text, range.clone(), style, decoded);
                (self.span(range.start, range.end), text)
            }
        };
        self.before = if nothing { self.before } else { self.before.max(range.end) };
        let kind = match tag.as_ref().map(|tag| &tag.meaning) {
            None if plain => plain_kind(text),
            Some(Meaning::Core(ty)) => core_kind(ty, text),
            _ => NodeKind::String(text),
        };
        let built = self.apply(tag, leaf(Node::new(span, kind)));
        self.add(built, anchor, plain && decoded == "<<");
    }

    /// Goes past the `:` or `-` that promised a value.
    fn skip_indicator(&mut self) {
        let rest = self.text.get(self.before..).unwrap_or("");
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with([':', '-']) {
            self.before += blank + 1;
        }
    }

    /// Where the header (`|`, `>-`) of the block scalar begins whose content begins at `content`, and where it ends.
    fn block_header(&self, content: usize) -> (usize, usize) {
        let from = self.before.min(content);
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < content {
            match bytes[at] {
                b'|' | b'>' => {
                    let rest = &bytes[at + 1..content];
                    let indicators = rest.iter().take_while(|byte| b"+-0123456789".contains(byte)).count();
                    return (at, at + 1 + indicators);
                }
                b'#' => at += bytes[at..content].iter().position(|byte| *byte == b'\n').unwrap_or(content - at),
                _ => at += 1,
            }
        }
        (content, content)
    }

    fn open(&mut self, content: Content, style: StructureStyle, start: usize, anchor: usize, tag: Option<Tagged>) {
        let brackets = style == StructureStyle::Flow;
        let depth = 1 + usize::from(matches!(tag, Some(Tagged { meaning: Meaning::Function(_), .. })));
        let outer_skipped = self.stack.last().is_some_and(|frame| frame.skipped);
        let too_deep = self.depth + depth > MAX_DEPTH;
        if too_deep && !outer_skipped {
            let message = format!("nested more than {MAX_DEPTH} deep; this part is not read");
            let span = self.span(start, start + usize::from(brackets));
            self.problems.report(Diagnostic::error(Code::Limit, message, span));
        }
        self.depth += depth;
        self.before = self.before.max(start + usize::from(brackets));
        let skipped = too_deep || outer_skipped;
        self.stack.push(Frame { content, start, brackets, anchor, tag, skipped, size: 1, height: 0 });
    }

    /// Finishes the innermost collection; `end` is where its closing bracket ends, if it has one.
    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let function = matches!(frame.tag, Some(Tagged { meaning: Meaning::Function(_), .. }));
        self.depth -= 1 + usize::from(function);
        if frame.brackets {
            self.before = self.before.max(end);
        }
        let kind = match frame.content {
            _ if frame.skipped => NodeKind::Null,
            Content::Sequence(items) => NodeKind::Sequence(items),
            Content::Mapping { mut entries, merged, key } => {
                if let Some(key) = key {
                    // The text ended within this entry.
                    let nothing = Node::new(Span { start: key.span.end, ..key.span }, NodeKind::Null);
                    entries.push(Entry { key: key.text, key_span: key.span, value: nothing });
                }
                self.problems.report_duplicates(&entries, |entry| Some((entry.key.as_str(), entry.key_span)));
                NodeKind::Mapping(merge(merged, entries))
            }
        };
        let node = Node::new(self.span(frame.start, self.before), kind);
        let built = self.apply(frame.tag, Built { node, size: frame.size, height: frame.height });
        self.add(built, frame.anchor, false);
    }

    /// The long form of a function that is written as a tag.
    fn apply(&self, tag: Option<Tagged>, built: Built) -> Built {
        let Some(Tagged { meaning: Meaning::Function(name), span }) = tag else { return built };
        let mut key = TextBuilder::default();
        key.push(&name, Some(span));
        let whole = if span.end <= built.node.span.end { span.to(built.node.span) } else { span };
        let entry = Entry { key: key.finish(), key_span: span, value: built.node };
        Built { node: Node::new(whole, NodeKind::Mapping(vec![entry])), size: built.size + 1, height: built.height + 1 }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) {
        let span = self.span(range.start, range.end);
        self.before = range.end;
        let too_much = match self.anchors.get(&id).map(Option::as_ref) {
            None => {
                self.problems.error("this alias stands within what it names", span);
                None
            }
            Some(Some(anchor)) if self.aliased + anchor.size <= MAX_ALIASED_NODES => {
                if self.depth + anchor.height < MAX_DEPTH {
                    self.aliased += anchor.size;
                    let built = anchor.clone();
                    self.add(built, 0, false);
                    return;
                }
                Some(format!("this alias nests values more than {MAX_DEPTH} deep; it is"))
            }
            Some(_) => {
                let is_first = !std::mem::replace(&mut self.overflowed, true);
                let message = "the aliases of this file stand for more than";
                is_first.then(|| format!("{message} {MAX_ALIASED_NODES} values; this one and others are"))
            }
        };
        if let Some(message) = too_much {
            self.problems.report(Diagnostic::error(Code::Limit, format!("{message} read as nothing"), span));
        }
        self.add(leaf(Node::new(span, NodeKind::Null)), 0, false);
    }

    /// Puts a finished node where it belongs. `merge`: it is written `<<`.
    fn add(&mut self, built: Built, anchor: usize, merge: bool) {
        if anchor != 0 {
            // Anchors within anchors are copies of copies.
            let fits = self.anchored + built.size <= MAX_ALIASED_NODES;
            self.anchored += if fits { built.size } else { 0 };
            self.anchors.insert(anchor, fits.then(|| built.clone()));
        }
        let Built { node, size, height } = built;
        let Some(frame) = self.stack.last_mut() else {
            self.documents.push(node);
            return;
        };
        if frame.skipped {
            return;
        }
        frame.size += size;
        frame.height = frame.height.max(height + 1);
        match &mut frame.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, merged, key } => match key.take() {
                None => *key = Some(key_of(node, merge, self.text, &mut self.problems)),
                Some(Key { merge: true, .. }) if is_mergeable(&node) => merged.push(node),
                Some(Key { text, span, merge }) => {
                    if merge {
                        self.problems.error("`<<` wants a mapping or a list of mappings", span);
                    }
                    entries.push(Entry { key: text, key_span: span, value: node });
                }
            },
        }
    }
}

fn leaf(node: Node) -> Built {
    Built { node, size: 1, height: 0 }
}

fn plain_kind(text: Text) -> NodeKind {
    match scalar::resolve(text.as_str()) {
        Plain::Null => NodeKind::Null,
        Plain::Bool(value) => NodeKind::Bool(value),
        Plain::Number(number) => NodeKind::Number(number),
        Plain::String => NodeKind::String(text),
    }
}

/// A scalar with one of YAML's own types as its tag.
fn core_kind(ty: &str, text: Text) -> NodeKind {
    match (ty, scalar::resolve(text.as_str())) {
        ("null", _) => NodeKind::Null,
        ("bool", Plain::Bool(value)) => NodeKind::Bool(value),
        ("int" | "float", Plain::Number(number)) => NodeKind::Number(number),
        _ => NodeKind::String(text),
    }
}

/// A node as a key.
fn key_of(node: Node, merge: bool, source: &str, problems: &mut Problems) -> Key {
    let span = node.span;
    let written = source.get(span.range()).unwrap_or("");
    let text = match node.kind {
        NodeKind::String(text) => text,
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number(_) => Text::verbatim(written, span),
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
            problems.error("a key must be a scalar", span);
            Text::verbatim(written, span)
        }
    };
    Key { text, span, merge }
}

fn is_mergeable(node: &Node) -> bool {
    node.is_mapping() || matches!(&node.kind, NodeKind::Sequence(items) if items.iter().all(Node::is_mapping))
}

/// The entries of a mapping with those that `<<` brings along: a mapping's own entries win, then those of the `<<` that
/// comes last, and within one list the mapping that comes first.
fn merge(merged: Vec<Node>, entries: Vec<Entry>) -> Vec<Entry> {
    if merged.is_empty() {
        return entries;
    }
    let mut seen: FxHashSet<Arc<str>> = entries.iter().map(|entry| entry.key.shared()).collect();
    let mut brought = Vec::new();
    for node in merged.into_iter().rev() {
        let mappings = match node.kind {
            NodeKind::Sequence(items) => items,
            _ => vec![node],
        };
        for mapping in mappings {
            let NodeKind::Mapping(entries) = mapping.kind else { continue };
            let mut new: Vec<Entry> = entries.into_iter().rev().filter(|e| seen.insert(e.key.shared())).collect();
            new.reverse();
            brought.extend(new);
        }
    }
    brought.extend(entries);
    brought
}
