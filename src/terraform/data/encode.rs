//! JSON text of a value, with the place of each piece.

use crate::value::{Kind, Text, TextBuilder, Value};

/// The JSON text of a known value, indented as Go's `json.MarshalIndent` does with two blanks; compact if `indent` is
/// false. The text keeps the value that it encodes.
pub(super) fn encode(value: &Value, indent: bool) -> Text {
    let mut builder = TextBuilder::default();
    push(&mut builder, value, indent.then_some(0));
    builder.finish().encoding(value.clone())
}

/// Appends `value`; `depth` is the number of levels to indent by, if at all.
fn push(builder: &mut TextBuilder, value: &Value, depth: Option<usize>) {
    let span = value.origin.span;
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => builder.push("null", span),
        Kind::Bool(known) => builder.push(if *known { "true" } else { "false" }, span),
        Kind::Number(number) => builder.push(&number.to_string(), span),
        Kind::String(text) => push_string(builder, text),
        Kind::List(list) => {
            let mut bracket = Bracket::open(builder, "[", depth);
            for item in &list.items {
                let inner = bracket.next(builder);
                push(builder, item, inner);
            }
            bracket.close(builder, "]");
        }
        Kind::Map(map) => {
            let mut bracket = Bracket::open(builder, "{", depth);
            for (key, entry) in &map.entries {
                let inner = bracket.next(builder);
                push_string(builder, &Text::synthetic(key));
                builder.push(if inner.is_some() { ": " } else { ":" }, None);
                push(builder, &entry.value, inner);
            }
            bracket.close(builder, "}");
        }
    }
}

/// An open list or mapping.
struct Bracket {
    depth: Option<usize>,
    empty: bool,
}

impl Bracket {
    fn open(builder: &mut TextBuilder, bracket: &str, depth: Option<usize>) -> Self {
        builder.push(bracket, None);
        Bracket { depth, empty: true }
    }

    /// Makes room for an item; returns its depth.
    fn next(&mut self, builder: &mut TextBuilder) -> Option<usize> {
        if !self.empty {
            builder.push(",", None);
        }
        self.empty = false;
        let inner = self.depth.map(|depth| depth + 1);
        line(builder, inner);
        inner
    }

    fn close(self, builder: &mut TextBuilder, bracket: &str) {
        if !self.empty {
            line(builder, self.depth);
        }
        builder.push(bracket, None);
    }
}

fn line(builder: &mut TextBuilder, depth: Option<usize>) {
    if let Some(depth) = depth {
        builder.push(&format!("\n{}", "  ".repeat(depth)), None);
    }
}

/// Appends a JSON string. Go's encoder also escapes what HTML reads.
fn push_string(builder: &mut TextBuilder, text: &Text) {
    builder.push("\"", None);
    let all = text.as_str();
    let mut plain = 0;
    for (at, c) in all.char_indices() {
        let escape = match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => format!("\\u{:04x}", u32::from(c)),
            _ => continue,
        };
        builder.push_part(text, plain..at);
        let end = at + c.len_utf8();
        builder.push(&escape, text.span_of(at..end));
        plain = end;
    }
    builder.push_part(text, plain..all.len());
    builder.push("\"", None);
}
