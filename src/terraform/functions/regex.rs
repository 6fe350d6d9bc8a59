//! Regular expressions: Go's syntax (RE2, <https://github.com/google/re2/wiki/Syntax>) on the `regex` crate.

use std::sync::{Arc, LazyLock, Mutex};

use regex::{Captures, Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use super::sequence::list;
use super::string::{str, string, text};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::expr::{MAX_ITEMS, MAX_TEXT};
use crate::value::{Kind, Origin, Text, TextBuilder, Type, Value};

const PATTERN: Param = Param::new("pattern", Shape::String);
const STRING: Param = Param::new("string", Shape::String);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("regex", &[PATTERN, STRING], Shape::Any, find).source(1),
    Function::new("regexall", &[PATTERN, STRING], Shape::List, find_all).source(1),
    Function::new(
        "replace",
        &[Param::new("str", Shape::String), Param::new("substr", Shape::String), Param::new("replace", Shape::String)],
        Shape::String,
        replace,
    ),
];

/// The most memory that a compiled expression may take, in bytes.
const MAX_SIZE: usize = 1 << 20;
/// How many compiled expressions are kept.
const MAX_CACHED: usize = 256;
/// The greatest count of a repetition that Go accepts.
const MAX_REPEAT: u32 = 1000;

/// A compiled expression, or why it is none.
type Compiled = Result<Arc<Regex>, String>;

static CACHE: LazyLock<Mutex<FxHashMap<String, Compiled>>> = LazyLock::new(Mutex::default);

/// A compiled expression; each is compiled once.
fn compile(pattern: &str) -> Compiled {
    let mut cache = CACHE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(compiled) = cache.get(pattern) {
        return compiled.clone();
    }
    let compiled = translate(pattern).and_then(|translated| {
        RegexBuilder::new(&translated).size_limit(MAX_SIZE).build().map(Arc::new).map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "the regular expression is too large".to_owned(),
            error => format!("invalid regular expression: {}", error.to_string().lines().last().unwrap_or_default()),
        })
    });
    if cache.len() >= MAX_CACHED {
        cache.clear();
    }
    cache.insert(pattern.to_owned(), compiled.clone());
    compiled
}

/// Go's syntax in that of the `regex` crate: classes are those of ASCII, a brace that counts nothing is itself, set
/// operators in brackets are characters, `\Q…\E` quotes.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let mut repeated = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let repeats = matches!(c, '*' | '+' | '?') || c == '{' && repetition(after)?.is_some();
        if repeats && repeated {
            return Err("invalid regular expression: invalid nested repetition operator".to_owned());
        }
        repeated = repeats;
        rest = match c {
            '\\' => escape(after, false, &mut out)?,
            '[' => class(after, &mut out)?,
            '{' => match repetition(after)? {
                Some(length) => {
                    out.push_str(&rest[..length + 1]);
                    lazy(&after[length..], &mut out)
                }
                None => {
                    out.push_str("\\{");
                    after
                }
            },
            '(' if foreign_flags(after) => return Err("invalid regular expression: invalid flags".to_owned()),
            '*' | '+' | '?' => {
                out.push(c);
                lazy(after, &mut out)
            }
            '}' => {
                out.push_str("\\}");
                after
            }
            _ => {
                out.push(c);
                after
            }
        };
    }
    Ok(out)
}

/// Whether a group sets flags that Go does not have.
fn foreign_flags(group: &str) -> bool {
    let Some(rest) = group.strip_prefix('?') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(rest.len());
    matches!(rest[end..].chars().next(), Some(':' | ')')) && rest[..end].contains(['x', 'u', 'R'])
}

/// A question mark after a repetition makes it lazy.
fn lazy<'p>(after: &'p str, out: &mut String) -> &'p str {
    match after.strip_prefix('?') {
        Some(rest) => {
            out.push('?');
            rest
        }
        None => after,
    }
}

/// The length of `n}`, `n,}` or `n,m}`.
fn repetition(text: &str) -> Result<Option<usize>, String> {
    let Some(end) = text.find('}') else { return Ok(None) };
    let (least, most) = text[..end].split_once(',').unwrap_or((&text[..end], ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if least.is_empty() || !digits(least) || !digits(most) {
        return Ok(None);
    }
    let too_great = |part: &str| !part.is_empty() && part.parse::<u32>().map_or(true, |count| count > MAX_REPEAT);
    if too_great(least) || too_great(most) {
        return Err("invalid regular expression: invalid repeat count".to_owned());
    }
    Ok(Some(end + 1))
}

/// What follows a backslash; the rest of the pattern.
fn escape<'p>(after: &'p str, in_class: bool, out: &mut String) -> Result<&'p str, String> {
    let Some(c) = after.chars().next() else { return Err("invalid regular expression: trailing backslash".to_owned()) };
    let rest = &after[c.len_utf8()..];
    let class = |inner: &str, outer: &str, out: &mut String| out.push_str(if in_class { inner } else { outer });
    match c {
        'd' => class("0-9", "[0-9]", out),
        'D' => out.push_str("[^0-9]"),
        's' => class(r"\t\n\f\r\x20", r"[\t\n\f\r\x20]", out),
        'S' => out.push_str(r"[^\t\n\f\r\x20]"),
        'w' => class("0-9A-Za-z_", "[0-9A-Za-z_]", out),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        'b' if !in_class => out.push_str(r"(?-u:\b)"),
        'B' if !in_class => out.push_str(r"\B"),
        'Q' => {
            let end = rest.find(r"\E").unwrap_or(rest.len());
            out.push_str(&regex::escape(&rest[..end]));
            return Ok(rest[end..].strip_prefix(r"\E").unwrap_or(""));
        }
        'a' | 'f' | 't' | 'n' | 'r' | 'v' | 'x' | 'p' | 'P' | 'A' | 'z' => {
            out.push('\\');
            out.push(c);
            // The name of a class or the digits of a code are no syntax of their own.
            if let Some(braced) = rest.strip_prefix('{')
                && matches!(c, 'x' | 'p' | 'P')
            {
                let end = braced.find('}').map_or(rest.len(), |end| end + 2);
                out.push_str(&rest[..end]);
                return Ok(&rest[end..]);
            }
        }
        '0'..='7' => {
            let digits = after.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
            if c != '0' && digits < 2 {
                return Err("invalid regular expression: back references are not supported".to_owned());
            }
            let code = u32::from_str_radix(&after[..digits], 8).unwrap_or(0);
            out.push_str(&format!("\\x{{{code:x}}}"));
            return Ok(&after[digits..]);
        }
        c if c.is_ascii_alphanumeric() => return Err(format!("invalid regular expression: invalid escape \\{c}")),
        c if !c.is_ascii() => return Err(format!("invalid regular expression: invalid escape \\{c}")),
        '_' | '<' | '>' | '\'' | '"' | '`' | '%' | '@' | '!' | ',' | ';' | ':' | '=' | '/' => out.push(c),
        c => {
            out.push('\\');
            out.push(c);
        }
    }
    Ok(rest)
}

/// A class in brackets, after the opening one; the rest of the pattern.
fn class<'p>(after: &'p str, out: &mut String) -> Result<&'p str, String> {
    out.push('[');
    let mut rest = after;
    if let Some(negated) = rest.strip_prefix('^') {
        out.push('^');
        rest = negated;
    }
    if let Some(bracket) = rest.strip_prefix(']') {
        out.push_str("\\]");
        rest = bracket;
    }
    while let Some(c) = rest.chars().next() {
        let next = &rest[c.len_utf8()..];
        rest = match c {
            ']' => {
                out.push(']');
                return Ok(next);
            }
            '\\' => escape(next, true, out)?,
            '[' if next.starts_with(':') && next.contains(":]") => {
                let end = next.find(":]").map_or(0, |end| end + 2);
                out.push('[');
                out.push_str(&next[..end]);
                &next[end..]
            }
            '[' | '&' | '~' => {
                out.push('\\');
                out.push(c);
                next
            }
            '-' if next.starts_with('-') => {
                out.push_str("\\-");
                next
            }
            _ => {
                out.push(c);
                next
            }
        };
    }
    Err("invalid regular expression: missing closing ]".to_owned())
}

/// Whether captures become a string, a tuple or an object.
fn names(regex: &Regex) -> Result<Vec<Option<&str>>, Failure> {
    let names: Vec<Option<&str>> = regex.capture_names().skip(1).collect();
    if names.iter().any(Option::is_some) && names.iter().any(Option::is_none) {
        return Err(Failure::of(0, "cannot mix both named and unnamed capture groups"));
    }
    Ok(names)
}

fn captured(text: &Text, origin: &Origin, names: &[Option<&str>], captures: &Captures<'_>) -> Value {
    let part = |index: usize| match captures.get(index) {
        Some(found) => Value::new(Kind::String(text.slice(found.range())), origin.clone()),
        None => Value::null(),
    };
    match names.first() {
        None => part(0),
        Some(None) => Value::list((1..=names.len()).map(part).collect()),
        Some(Some(_)) => {
            Value::from_pairs(names.iter().enumerate().map(|(i, name)| (name.unwrap_or_default(), part(i + 1))))
        }
    }
}

fn item_type(names: &[Option<&str>]) -> Type {
    match names.first() {
        None => Type::String,
        Some(None) => Type::Tuple(names.iter().map(|_| Type::String).collect()),
        Some(Some(_)) => Type::Object(std::sync::Arc::new(
            names.iter().map(|name| (name.unwrap_or_default().into(), Type::String)).collect(),
        )),
    }
}

fn find(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let regex = compile(str(args, 0)?).map_err(|why| Failure::of(0, why))?;
    let names = names(&regex)?;
    let text = text(args, 1)?;
    let captures = regex.captures(text.as_str());
    let captures = captures.ok_or_else(|| Failure::of(1, "pattern did not match any part of the given string"))?;
    Ok(captured(text, &args[1].origin, &names, &captures))
}

fn find_all(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let regex = compile(str(args, 0)?).map_err(|why| Failure::of(0, why))?;
    let names = names(&regex)?;
    let text = text(args, 1)?;
    let mut found = Vec::new();
    for captures in regex.captures_iter(text.as_str()) {
        found.push(captured(text, &args[1].origin, &names, &captures));
        if found.len().saturating_mul(names.len() + 1) > MAX_ITEMS {
            return Err(Failure::limit("there are too many matches"));
        }
    }
    Ok(list(item_type(&names), found))
}

fn replace(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (source, wanted, replacement) = (text(args, 0)?, str(args, 1)?, text(args, 2)?);
    let mut builder = TextBuilder::default();
    let mut from = 0;
    let mut length = 0;
    let mut push = |builder: &mut TextBuilder, range: std::ops::Range<usize>, by: &Text| {
        builder.push_part(source, from..range.start);
        builder.push_text(by);
        length += range.start - from + by.as_str().len();
        from = range.end;
        if length > MAX_TEXT { Err(Failure::limit("the string is too long")) } else { Ok(()) }
    };
    if wanted.len() > 1 && wanted.starts_with('/') && wanted.ends_with('/') {
        let regex = compile(&wanted[1..wanted.len() - 1]).map_err(|why| Failure::of(1, why))?;
        for captures in regex.captures_iter(source.as_str()) {
            let Some(found) = captures.get(0) else { continue };
            if replacement.as_str().contains('$') {
                let mut expanded = String::new();
                captures.expand(replacement.as_str(), &mut expanded);
                push(&mut builder, found.range(), &Text::synthetic(&expanded))?;
            } else {
                push(&mut builder, found.range(), replacement)?;
            }
        }
    } else if wanted.is_empty() {
        // Go puts the replacement before every character and at the end.
        for (start, _) in source.as_str().char_indices().chain([(source.as_str().len(), ' ')]) {
            push(&mut builder, start..start, replacement)?;
        }
    } else {
        for (start, found) in source.as_str().match_indices(wanted) {
            push(&mut builder, start..start + found.len(), replacement)?;
        }
    }
    builder.push_part(source, from..source.as_str().len());
    Ok(string(builder.finish()))
}
