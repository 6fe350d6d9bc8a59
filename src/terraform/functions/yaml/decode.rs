//! YAML to values.

use std::ops::Range;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use granit_parser::{Event, Parser, ScalarStyle, Tag};
use rustc_hash::FxHashMap;

use super::super::string::normal;
use super::scalar;
use crate::parse::MAX_DEPTH;
use crate::source::Span;
use crate::terraform::convert::to_text;
use crate::terraform::expr::MAX_ITEMS;
use crate::value::{Entries, Entry, Kind, Origin, Text, TextBuilder, Value};

/// The one document of a text.
pub(super) fn decode(text: &Text, place: Span) -> Result<Value, String> {
    let options = granit_parser::options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader { text, place, stack: Vec::new(), anchors: FxHashMap::default(), items: 0, document: None };
    let source = text.as_str().strip_prefix('\u{feff}').unwrap_or(text.as_str());
    let offset = text.as_str().len() - source.len();
    for next in Parser::new_from_str_with_options(source, options) {
        let (event, span) = next.map_err(|error| format!("this is not valid YAML: {error}"))?;
        let start = span.start.byte_offset().unwrap_or(0) + offset;
        let end = span.end.byte_offset().unwrap_or(0) + offset;
        reader.event(event, start..end.max(start))?;
    }
    reader.document.ok_or_else(|| "missing start of document".to_owned())
}

/// A collection that is being read.
struct Frame {
    anchor: usize,
    content: Content,
    origin: Origin,
}

enum Content {
    Sequence(Vec<Value>),
    Mapping { entries: Entries, key: Option<Key> },
}

/// The key of the entry that is being read; `<<` has no text.
struct Key {
    text: Option<Arc<str>>,
    span: Option<Span>,
}

struct Reader<'t> {
    text: &'t Text,
    place: Span,
    stack: Vec<Frame>,
    anchors: FxHashMap<usize, Value>,
    /// How many values there are, those of aliases counted again.
    items: usize,
    document: Option<Value>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), String> {
        let origin = Origin::at(self.text.span_of(range.clone()).unwrap_or(self.place));
        match event {
            Event::Scalar(content, style, anchor, tag) => {
                let merge = style == ScalarStyle::Plain && tag.is_none() && content == "<<";
                let value = self.scalar(&content, style, tag.as_deref(), range)?.with_origin(origin);
                self.add(value, anchor, merge)
            }
            Event::SequenceStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "seq", "sequence")?;
                self.stack.push(Frame { anchor, content: Content::Sequence(Vec::new()), origin });
                Ok(())
            }
            Event::MappingStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "map", "mapping")?;
                let content = Content::Mapping { entries: Entries::default(), key: None };
                self.stack.push(Frame { anchor, content, origin });
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(frame) = self.stack.pop() else { return Ok(()) };
                let value = match frame.content {
                    Content::Sequence(items) => Value::list(items),
                    Content::Mapping { entries, .. } => Value::object(entries),
                };
                self.add(value.with_origin(frame.origin), frame.anchor, false)
            }
            Event::Alias(id) => match self.anchors.get(&id) {
                Some(value) => {
                    let value = value.clone();
                    self.items += count(&value, MAX_ITEMS);
                    self.add(value, 0, false)
                }
                None => Err("an alias within what it refers to".to_owned()),
            },
            Event::DocumentStart(..) if self.document.is_some() => {
                Err("unexpected extra content after value".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &self,
        content: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<Value, String> {
        let cannot = |what: &str| format!("cannot parse {content:?} as {what}");
        let kind = match tag.map(Tag::original).as_deref() {
            None if style == ScalarStyle::Plain => scalar::resolve(content)?,
            // What is in quotes is a string, whatever number it is said to be.
            Some("!!null" | "!!bool" | "!!int" | "!!float") if style != ScalarStyle::Plain => {
                Kind::String(Text::synthetic(content))
            }
            None | Some("!" | "!!str") => Kind::String(Text::synthetic(content)),
            Some("!!null") => Kind::Null,
            Some("!!bool") => Kind::Bool(scalar::boolean(content).ok_or_else(|| cannot("a boolean"))?),
            Some("!!int") => {
                let number = scalar::number(content).filter(crate::value::Number::is_integer);
                Kind::Number(number.ok_or_else(|| cannot("an integer"))?)
            }
            Some("!!float") => match scalar::resolve(content)? {
                number @ Kind::Number(_) => number,
                _ => return Err(cannot("a number")),
            },
            Some("!!timestamp") => {
                Kind::String(Text::synthetic(&scalar::timestamp(content).ok_or_else(|| cannot("a time"))?))
            }
            Some("!!binary") => {
                let packed: String = content.split_whitespace().collect();
                STANDARD.decode(&packed).map_err(|_| cannot("base64"))?;
                Kind::String(Text::synthetic(&packed))
            }
            Some(tag) => return Err(format!("unsupported tag {tag:?}")),
        };
        // A string that stands in the text as it is keeps its bytes' places.
        let kind = match kind {
            Kind::String(string) => {
                let written = self.text.as_str().get(range.clone()).unwrap_or_default();
                let inner = match style {
                    ScalarStyle::Plain => range,
                    _ => range.start + 1..range.end.saturating_sub(1).max(range.start + 1),
                };
                if self.text.as_str().get(inner.clone()) == Some(string.as_str()) && !written.is_empty() {
                    Kind::String(self.text.slice(inner))
                } else {
                    let mut builder = TextBuilder::default();
                    builder.push(&normal(string.as_str()), self.text.span_of(inner));
                    Kind::String(builder.finish())
                }
            }
            kind => kind,
        };
        Ok(Value::new(kind, Origin::none()))
    }

    /// Puts a finished value where it belongs. `merge`: it is a plain `<<`.
    fn add(&mut self, value: Value, anchor: usize, merge: bool) -> Result<(), String> {
        self.items += 1;
        if self.items > MAX_ITEMS {
            return Err("the document has too many values".to_owned());
        }
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        let Some(frame) = self.stack.last_mut() else {
            self.document = Some(value);
            return Ok(());
        };
        match &mut frame.content {
            Content::Sequence(items) => items.push(value),
            Content::Mapping { entries, key } => match key.take() {
                None if merge => *key = Some(Key { text: None, span: value.origin.span }),
                None => {
                    if value.is_null() {
                        return Err("mapping key cannot be null".to_owned());
                    }
                    let text = to_text(&value).ok_or("only strings are allowed as mapping keys")?;
                    *key = Some(Key { text: Some(text.shared()), span: value.origin.span });
                }
                Some(Key { text: Some(text), span }) => {
                    let place = value.origin.span;
                    entries.insert(text, Entry { key: span, place, value });
                }
                Some(Key { text: None, .. }) => {
                    let merged = value.as_map().ok_or("only a mapping can be merged into a mapping")?;
                    for (key, entry) in merged {
                        entries.entry(Arc::clone(key)).or_insert_with(|| entry.clone());
                    }
                }
            },
        }
        Ok(())
    }
}

/// A collection has no tag or that of its sort.
fn check_tag(tag: Option<&Tag>, suffix: &str, sort: &str) -> Result<(), String> {
    match tag.map(Tag::original) {
        None => Ok(()),
        Some(tag) if tag.strip_prefix("!!") == Some(suffix) || tag == "!" => Ok(()),
        Some(tag) if tag.starts_with("!!") => Err(format!("cannot interpret a {sort} as {tag:?}")),
        Some(tag) => Err(format!("unsupported tag {tag:?}")),
    }
}

/// How many values a value holds, up to a bound.
fn count(value: &Value, bound: usize) -> usize {
    let mut total = 1;
    match &value.kind {
        Kind::List(list) => {
            for item in &list.items {
                if total >= bound {
                    break;
                }
                total += count(item, bound - total);
            }
        }
        Kind::Map(map) => {
            for entry in map.entries.values() {
                if total >= bound {
                    break;
                }
                total += count(&entry.value, bound - total);
            }
        }
        _ => {}
    }
    total
}
