//! Strings.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use super::number::int;
use super::sequence::{items, list, unknown_from};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::expr::{Joined, MAX_ITEMS, MAX_TEXT, prefix_of};
use crate::value::{Kind, Origin, Text, TextBuilder, Type, Value};

const STR: Param = Param::new("str", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("chomp", &[STR], Shape::String, |_, args| {
        part(args, |text| 0..text.trim_end_matches(['\r', '\n']).len())
    }),
    Function::new("endswith", &[STR, Param::new("suffix", Shape::String)], Shape::Bool, |_, args| {
        Ok(Value::bool(str(args, 0)?.ends_with(str(args, 1)?)))
    }),
    Function::new("indent", &[Param::new("spaces", Shape::Number), STR], Shape::String, indent).source(1),
    Function::new("join", &[Param::new("separator", Shape::String)], Shape::String, join)
        .rest(Param::new("lists", Shape::ListOfString))
        .source(1),
    Function::new("lower", &[STR], Shape::String, |_, args| each_char(args, lower_char)),
    Function::new("upper", &[STR], Shape::String, |_, args| each_char(args, upper_char)),
    Function::new("split", &[Param::new("separator", Shape::String), STR], Shape::ListOfString, split).source(1),
    Function::new("startswith", &[STR.unknown(), Param::new("prefix", Shape::String)], Shape::Bool, startswith),
    Function::new("strcontains", &[STR, Param::new("substr", Shape::String)], Shape::Bool, |_, args| {
        Ok(Value::bool(str(args, 0)?.contains(str(args, 1)?)))
    }),
    Function::new("strrev", &[STR], Shape::String, |_, args| {
        let reversed: String = str(args, 0)?.graphemes(true).rev().collect();
        Ok(whole(&args[0], &reversed))
    }),
    Function::new(
        "substr",
        &[STR, Param::new("offset", Shape::Number), Param::new("length", Shape::Number)],
        Shape::String,
        substr,
    ),
    Function::new("title", &[STR], Shape::String, title),
    Function::new("trim", &[STR, Param::new("cutset", Shape::String)], Shape::String, |_, args| {
        let cutset = str(args, 1)?;
        part(args, |text| range_of(text, text.trim_matches(|c| cutset.contains(c))))
    }),
    Function::new("trimprefix", &[STR, Param::new("prefix", Shape::String)], Shape::String, |_, args| {
        let prefix = str(args, 1)?;
        part(args, |text| range_of(text, text.strip_prefix(prefix).unwrap_or(text)))
    }),
    Function::new("trimsuffix", &[STR, Param::new("suffix", Shape::String)], Shape::String, |_, args| {
        let suffix = str(args, 1)?;
        part(args, |text| range_of(text, text.strip_suffix(suffix).unwrap_or(text)))
    }),
    Function::new("trimspace", &[STR], Shape::String, |_, args| part(args, |text| range_of(text, text.trim()))),
];

/// The string that an argument is.
pub(super) fn str(args: &[Value], index: usize) -> Result<&str, Failure> {
    Ok(text(args, index)?.as_str())
}

/// The string that an argument is, with its map.
pub(super) fn text(args: &[Value], index: usize) -> Result<&Text, Failure> {
    args.get(index).and_then(Value::as_text).ok_or_else(|| Failure::of(index, "a string is required"))
}

/// A string that stands for a value's place as a whole.
pub(super) fn whole(source: &Value, text: &str) -> Value {
    let mut builder = TextBuilder::default();
    builder.push(&normal(text), source.origin.span);
    string(builder.finish())
}

/// A string without a place of its own yet.
pub(super) fn string(text: Text) -> Value {
    Value::new(Kind::String(text), Origin::none())
}

/// The normal form C of a text, in which Terraform keeps every string.
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// A text in normal form, which nearly every one is.
pub(in crate::terraform) fn normalised(text: &Text, place: Option<crate::source::Span>) -> Text {
    match normal(text.as_str()) {
        Cow::Borrowed(_) => text.clone(),
        Cow::Owned(normal) => {
            let mut builder = TextBuilder::default();
            builder.push(&normal, place);
            builder.finish()
        }
    }
}

fn range_of(text: &str, part: &str) -> std::ops::Range<usize> {
    // `part` is a slice of `text`.
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + part.len()
}

/// A part of the first argument.
fn part(args: &[Value], range: impl Fn(&str) -> std::ops::Range<usize>) -> Outcome {
    let text = text(args, 0)?;
    Ok(string(text.slice(range(text.as_str()))))
}

/// The first argument with every character mapped; where its length stays, so do the places.
fn each_char(args: &[Value], map: fn(char) -> char) -> Outcome {
    let text = text(args, 0)?;
    let mut builder = TextBuilder::default();
    let runs = text.runs();
    for (i, run) in runs.iter().enumerate() {
        let end = runs.get(i + 1).map_or(text.as_str().len(), |next| next.start as usize);
        let mapped: String = text.as_str()[run.start as usize..end].chars().map(map).collect();
        builder.push(&mapped, run.span);
    }
    Ok(string(builder.finish()))
}

/// Go maps one character to one character.
fn upper_char(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        _ => c,
    }
}

fn lower_char(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn indent(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let spaces = usize::try_from(int(args, 0)?).map_err(|_| Failure::of(0, "must not be negative"))?;
    let text = text(args, 1)?;
    let lines = text.as_str().matches('\n').count();
    if spaces.saturating_mul(lines) > MAX_TEXT {
        return Err(Failure::limit("the string is too long"));
    }
    let margin = " ".repeat(spaces);
    let mut builder = TextBuilder::default();
    let mut from = 0;
    for (newline, _) in text.as_str().match_indices('\n') {
        builder.push_part(text, from..newline + 1);
        builder.push(&margin, None);
        from = newline + 1;
    }
    builder.push_part(text, from..text.as_str().len());
    Ok(string(builder.finish()))
}

fn join(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.len() < 2 {
        return Err("at least one list is required".into());
    }
    let separator = text(args, 0)?;
    let mut joined = Joined::default();
    let mut first = true;
    for index in 1..args.len() {
        for item in items(args, index)? {
            if item.is_null() {
                return Err(Failure::of(index, "an element is null; cannot concatenate null values"));
            }
            if !first {
                joined.push_text(separator);
            }
            first = false;
            joined.push_value(item.clone());
            if joined.is_too_long() {
                return Err(Failure::limit("the string is too long"));
            }
        }
    }
    let value = joined.finish(context.span);
    // The first list is where the string is written.
    let origin = args[1].origin.clone();
    Ok(if origin.span.is_some() { value.with_origin(origin) } else { value })
}

fn split(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (separator, source) = (str(args, 0)?, text(args, 1)?);
    let origin = &args[1].origin;
    let piece = |part: &str| Value::new(Kind::String(source.slice(range_of(source.as_str(), part))), origin.clone());
    let mut parts: Vec<Value> = Vec::new();
    if separator.is_empty() {
        for (start, c) in source.as_str().char_indices().take(MAX_ITEMS + 1) {
            parts.push(piece(&source.as_str()[start..start + c.len_utf8()]));
        }
    } else {
        parts.extend(source.as_str().split(separator).take(MAX_ITEMS + 1).map(piece));
    }
    if parts.len() > MAX_ITEMS {
        return Err(Failure::limit("the list is too long"));
    }
    Ok(list(Type::String, parts))
}

fn startswith(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let prefix = str(args, 1)?;
    Ok(match &args[0].kind {
        Kind::Unknown(unknown) => {
            let known = prefix_of(unknown);
            if known.starts_with(prefix) {
                Value::bool(true)
            } else if !prefix.starts_with(&*known) {
                Value::bool(false)
            } else {
                unknown_from(&args[0], Type::Bool)
            }
        }
        _ => Value::bool(str(args, 0)?.starts_with(prefix)),
    })
}

fn substr(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    let (mut offset, length) = (int(args, 1)?, int(args, 2)?);
    let starts: Vec<usize> = text.as_str().grapheme_indices(true).map(|(start, _)| start).collect();
    let end_of = |index: usize| starts.get(index).copied().unwrap_or(text.as_str().len());
    if offset < 0 {
        offset += starts.len() as i64;
    }
    let from = usize::try_from(offset).unwrap_or(0);
    let to = match usize::try_from(length) {
        Ok(length) => from.saturating_add(length),
        Err(_) => usize::MAX,
    };
    Ok(string(text.slice(end_of(from)..end_of(to).max(end_of(from)))))
}

/// Go's `strings.Title`: the first letter of each word.
fn title(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let mut before = ' ';
    let mut titled = String::new();
    for c in str(args, 0)?.chars() {
        let starts =
            if before.is_ascii() { !before.is_ascii_alphanumeric() && before != '_' } else { before.is_whitespace() };
        titled.push(if starts { upper_char(c) } else { c });
        before = c;
    }
    Ok(whole(&args[0], &titled))
}
