//! `format` and `formatlist`, with the verbs of go-cty's `stdlib.Format`.

use unicode_segmentation::UnicodeSegmentation;

use super::json::encode;
use super::sequence::{list, unknown_from};
use super::string::text;
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::convert;
use crate::terraform::expr::{Joined, MAX_TEXT};
use crate::value::{Kind, ListSort, Notation, Number, Text, Type, Unknown, Value};

const FORMAT: Param = Param::new("format", Shape::String);
const ARGS: Param = Param::new("args", Shape::Any).null().unknown();

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("format", &[FORMAT], Shape::String, |context, args| render(context, text(args, 0)?, &args[1..]))
        .rest(ARGS)
        .takes_choices(),
    Function::new("formatlist", &[FORMAT], Shape::ListOfString, formatlist).rest(ARGS),
];

/// The greatest width or precision.
const MAX_WIDTH: usize = 10_000;

/// One `%…` of a format.
#[derive(Default)]
struct Verb {
    sharp: bool,
    zero: bool,
    minus: bool,
    plus: bool,
    space: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// The argument, from 1, if it is given.
    argument: Option<usize>,
    mode: char,
}

/// The verb after a `%`, and how many bytes it has.
fn parse(format: &str) -> Option<(Verb, usize)> {
    let bytes = format.as_bytes();
    let mut verb = Verb::default();
    let mut at = 0;
    while let Some(flag) = bytes.get(at) {
        match flag {
            b'#' => verb.sharp = true,
            b'0' => verb.zero = true,
            b'-' => verb.minus = true,
            b'+' => verb.plus = true,
            b' ' => verb.space = true,
            _ => break,
        }
        at += 1;
    }
    let number = |at: &mut usize| {
        let start = *at;
        while bytes.get(*at).is_some_and(u8::is_ascii_digit) {
            *at += 1;
        }
        (*at > start).then(|| format[start..*at].parse::<usize>().unwrap_or(usize::MAX))
    };
    verb.width = number(&mut at);
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        verb.precision = Some(number(&mut at).unwrap_or(0));
    }
    if bytes.get(at) == Some(&b'[') {
        at += 1;
        verb.argument = Some(number(&mut at)?);
        if bytes.get(at) != Some(&b']') {
            return None;
        }
        at += 1;
    }
    verb.mode = format[at..].chars().next()?;
    let length = at + verb.mode.len_utf8();
    Some((verb, length))
}

/// The text of a format with its arguments.
fn render(context: &Context<'_, '_>, format: &Text, args: &[Value]) -> Outcome {
    let source = format.as_str();
    let mut joined = Joined::default();
    let (mut from, mut next, mut highest) = (0, 0, 0);
    while let Some(at) = source[from..].find('%').map(|at| from + at) {
        joined.push_text(&format.slice(from..at));
        let Some((verb, length)) = parse(&source[at + 1..]) else {
            return Err(Failure::of(0, format!("invalid format string starting at offset {}", at + 1)));
        };
        from = at + 1 + length;
        if verb.mode == '%' && length == 1 {
            joined.push_text(&format.slice(at..at + 1));
            continue;
        }
        let index = match verb.argument {
            Some(0) => return Err(Failure::of(0, "arguments are counted from 1")),
            Some(index) => index - 1,
            None => next,
        };
        next = index + 1;
        highest = highest.max(next);
        if !"vtbdoxXeEfgGsq".contains(verb.mode) {
            return Err(Failure::of(0, format!("unrecognized format character {:?} at offset {at}", verb.mode)));
        }
        if verb.width.max(verb.precision).is_some_and(|width| width > MAX_WIDTH) {
            return Err(Failure::limit("a width or precision is too great"));
        }
        let Some(arg) = args.get(index) else {
            let message = format!("not enough arguments: need index {} but have {} total", index + 1, args.len());
            return Err(Failure::of(0, message));
        };
        append(&mut joined, &verb, arg).map_err(|message| Failure::of(index + 1, message))?;
        if joined.is_too_long() {
            return Err(Failure::limit("the string is too long"));
        }
    }
    if highest < args.len() {
        let message = match highest {
            0 => "too many arguments; no verbs in format string".to_owned(),
            used => format!("too many arguments; only {used} used by format string"),
        };
        return Err(Failure::of(highest + 1, message));
    }
    joined.push_text(&format.slice(from..source.len()));
    let value = joined.finish(context.span);
    if value.is_unknown() {
        return Ok(value);
    }
    // An argument that no verb uses counts all the same.
    match args.iter().find(|arg| !arg.is_wholly_known()) {
        Some(cause) => Ok(unknown_from(super::sequence::first_unknown(cause), Type::String)),
        None => Ok(Value { origin: crate::value::Origin::none(), ..value }),
    }
}

fn append(joined: &mut Joined, verb: &Verb, arg: &Value) -> Result<(), String> {
    let required = |what: &str| format!("unsupported value for \"%{}\": {what} is required", verb.mode);
    if verb.mode != 'v' && arg.is_null() {
        return Err(format!("unsupported value for \"%{}\": null value cannot be formatted", verb.mode));
    }
    if !arg.is_wholly_known() {
        return append_unknown(joined, verb, arg, &required);
    }
    let place = arg.origin.span;
    let mode = match (&arg.kind, verb.mode) {
        (Kind::String(_), 'v') if !verb.sharp => 's',
        (Kind::Number(_), 'v') if !verb.sharp => 'g',
        (Kind::Bool(_), 'v') if !verb.sharp => 't',
        (_, mode) => mode,
    };
    // The general verb takes a width alone.
    let verb = &if verb.mode == 'v' { Verb { precision: None, ..*verb } } else { Verb { ..*verb } };
    match mode {
        'v' => {
            let json = encode(arg).map_err(|failure| failure.message)?;
            joined.push(&pad(&json, verb), place);
        }
        't' => match convert(arg, &Type::Bool)?.kind {
            Kind::Bool(flag) => joined.push(&pad(if flag { "true" } else { "false" }, verb), place),
            _ => return Err(required("a bool")),
        },
        's' | 'q' => {
            let Kind::String(text) = convert(arg, &Type::String).map_err(|_| required("a string"))?.kind else {
                return Err(required("a string"));
            };
            if mode == 's' && verb.width.is_none() && verb.precision.is_none() {
                joined.push_text(&text);
                return Ok(());
            }
            let cut: String = match verb.precision {
                Some(count) => text.as_str().graphemes(true).take(count).collect(),
                None => text.as_str().to_owned(),
            };
            let quoted =
                if mode == 'q' { encode(&Value::string(&cut)).map_err(|failure| failure.message)? } else { cut };
            joined.push(&pad(&quoted, verb), place);
        }
        _ => {
            let Ok(Value { kind: Kind::Number(number), .. }) = convert(arg, &Type::Number) else {
                return Err(required("a number"));
            };
            let text = if matches!(mode, 'b' | 'd' | 'o' | 'x' | 'X') {
                integer(&number, mode, verb).ok_or_else(|| required("an integer"))?
            } else {
                float(&number, mode, verb)
            };
            joined.push(&text, place);
        }
    }
    Ok(())
}

/// A string verb of an unknown string keeps it as a part; every other one makes an unknown string of its own.
fn append_unknown(
    joined: &mut Joined,
    verb: &Verb,
    arg: &Value,
    required: &dyn Fn(&str) -> String,
) -> Result<(), String> {
    let plain = verb.width.is_none() && verb.precision.is_none() && !verb.sharp;
    let scalar = matches!(Type::of(arg), Type::String | Type::Bool | Type::Dynamic);
    if plain && matches!(verb.mode, 's' | 'v') && scalar && arg.is_unknown() {
        joined.push_unknown(convert(arg, &Type::String).map_err(|_| required("a string"))?);
        return Ok(());
    }
    if arg.is_unknown() {
        let ty = match verb.mode {
            'v' => Type::Dynamic,
            't' => Type::Bool,
            's' | 'q' => Type::String,
            _ => Type::Number,
        };
        convert(arg, &ty).map_err(|_| required("another type"))?;
    }
    let cause = super::sequence::first_unknown(arg);
    joined.push_unknown(unknown_from(cause, Type::String));
    Ok(())
}

/// A text padded to the width, which counts what a person sees as one character once.
fn pad(text: &str, verb: &Verb) -> String {
    let missing = verb.width.unwrap_or(0).saturating_sub(text.graphemes(true).count());
    if missing == 0 {
        return text.to_owned();
    }
    match (verb.minus, verb.zero) {
        (true, _) => text.to_owned() + &" ".repeat(missing),
        (false, true) => "0".repeat(missing) + text,
        (false, false) => " ".repeat(missing) + text,
    }
}

/// Sign, digits and padding as Go's `fmt` lays out numbers: zeros go between sign and digits.
fn signed(negative: bool, digits: &str, verb: &Verb, zeros: bool) -> String {
    let sign = match (negative, verb.plus, verb.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + digits.chars().count());
    match (verb.minus, zeros && verb.zero) {
        (true, _) => format!("{sign}{digits}{}", " ".repeat(missing)),
        (false, true) => format!("{sign}{}{digits}", "0".repeat(missing)),
        (false, false) => format!("{}{sign}{digits}", " ".repeat(missing)),
    }
}

fn integer(number: &Number, mode: char, verb: &Verb) -> Option<String> {
    let (base, prefix) = match mode {
        'b' => (2, "0b"),
        'o' => (8, "0"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = number.abs().to_radix(base)?;
    if mode == 'X' {
        digits.make_ascii_uppercase();
    }
    if let Some(least) = verb.precision {
        digits = "0".repeat(least.saturating_sub(digits.len())) + &digits;
    }
    if verb.sharp {
        digits = prefix.to_owned() + &digits;
    }
    Some(signed(number.signum() < 0, &digits, verb, verb.precision.is_none()))
}

fn float(number: &Number, mode: char, verb: &Verb) -> String {
    let magnitude = number.abs();
    let digits = if magnitude.is_infinite() {
        "Inf".to_owned()
    } else {
        match mode {
            'e' | 'E' => magnitude.format(Notation::Scientific, Some(verb.precision.unwrap_or(6))),
            'f' => magnitude.format(Notation::Plain, Some(verb.precision.unwrap_or(6))),
            _ => magnitude.format(Notation::General, verb.precision),
        }
    };
    let digits = if matches!(mode, 'E' | 'G') { digits.to_ascii_uppercase() } else { digits };
    signed(number.signum() < 0, &digits, verb, true)
}

/// Whether an unknown argument may be a list. An attribute of a resource that goes into a string is none.
fn may_be_list(unknown: &Unknown) -> bool {
    match unknown.ty {
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => true,
        Type::Dynamic => unknown.reference().is_none(),
        _ => false,
    }
}

/// `format` for each element of the lists among the arguments.
fn formatlist(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let format = text(args, 0)?;
    let args = &args[1..];
    let mut length: Option<usize> = None;
    let mut unknown = None;
    for (i, arg) in args.iter().enumerate() {
        match &arg.kind {
            Kind::List(sequence) => {
                if matches!(sequence.sort, ListSort::Set(_)) && !arg.is_wholly_known() {
                    unknown = unknown.or(Some(arg));
                }
                let count = sequence.items.len();
                if length.is_some_and(|length| length != count) {
                    let message = "all lists must be of one length".to_owned();
                    return Err(Failure::of(i + 1, message));
                }
                length = Some(count);
            }
            Kind::Unknown(inner) if may_be_list(inner) => unknown = unknown.or(Some(arg)),
            _ => {}
        }
    }
    if let Some(cause) = unknown {
        return Ok(unknown_from(super::sequence::first_unknown(cause), Type::list(Type::String)));
    }
    let count = length.unwrap_or(1);
    let mut strings = Vec::with_capacity(count);
    let mut size = 0;
    for index in 0..count {
        let row = args.iter().map(|arg| match arg.as_list() {
            Some(items) => items.get(index).cloned().unwrap_or_else(Value::null),
            None => arg.clone(),
        });
        let value = render(context, format, &row.collect::<Vec<_>>())?;
        size += value.as_str().map_or(0, str::len);
        if size > MAX_TEXT {
            return Err(Failure::limit("the list is too long"));
        }
        strings.push(value.with_origin(crate::value::Origin::at(context.span)));
    }
    Ok(list(Type::String, strings))
}
