//! Numbers.

use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::convert;
use crate::value::{Kind, Number, Origin, Type, Value};

const NUMBER: Param = Param::new("number", Shape::Number);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abs", &[NUMBER], Shape::Number, |_, args| Ok(number(num(args, 0)?.abs()))),
    Function::new("ceil", &[NUMBER], Shape::Number, |_, args| Ok(number(num(args, 0)?.ceil()))),
    Function::new("floor", &[NUMBER], Shape::Number, |_, args| Ok(number(num(args, 0)?.floor()))),
    Function::new("signum", &[NUMBER], Shape::Number, |_, args| Ok(number(int(args, 0)?.signum().into()))),
    Function::new("log", &[NUMBER, Param::new("base", Shape::Number)], Shape::Number, log),
    Function::new("pow", &[NUMBER, Param::new("power", Shape::Number)], Shape::Number, pow),
    Function::new("max", &[], Shape::Number, |_, args| extreme(args, std::cmp::Ordering::Greater)).rest(NUMBER),
    Function::new("min", &[], Shape::Number, |_, args| extreme(args, std::cmp::Ordering::Less)).rest(NUMBER),
    Function::new(
        "parseint",
        &[Param::new("number", Shape::Any), Param::new("base", Shape::Number)],
        Shape::Number,
        parseint,
    ),
    Function::new("sum", &[Param::new("list", Shape::Any).whole()], Shape::Number, sum),
];

/// The number that an argument is.
pub(super) fn num(args: &[Value], index: usize) -> Result<&Number, Failure> {
    match args.get(index).map(|arg| &arg.kind) {
        Some(Kind::Number(number)) => Ok(number),
        _ => Err(Failure::of(index, "a number is required")),
    }
}

/// The integer that an argument is.
pub(super) fn int(args: &[Value], index: usize) -> Result<i64, Failure> {
    num(args, index)?.as_i64().ok_or_else(|| Failure::of(index, "a whole number is required"))
}

/// A number that nobody wrote.
pub(super) fn number(number: Number) -> Value {
    Value::new(Kind::Number(number), Origin::none())
}

fn float(value: f64) -> Outcome {
    Number::from_f64(value).map(number).ok_or_else(|| "the result is not a number".into())
}

/// Go computes both with doubles.
fn log(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    float(num(args, 0)?.as_f64().ln() / num(args, 1)?.as_f64().ln())
}

fn pow(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    float(num(args, 0)?.as_f64().powf(num(args, 1)?.as_f64()))
}

fn extreme(args: &[Value], wanted: std::cmp::Ordering) -> Outcome {
    let mut best: Option<(usize, &Number)> = None;
    for index in 0..args.len() {
        let candidate = num(args, index)?;
        if best.is_none_or(|(_, so_far)| candidate.cmp(so_far) == wanted) {
            best = Some((index, candidate));
        }
    }
    let (index, _) = best.ok_or("must have at least one argument")?;
    Ok(args[index].clone())
}

fn parseint(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let Kind::String(text) = &args[0].kind else {
        return Err(Failure::of(0, format!("first argument must be a string, not {}", Type::of(&args[0]).friendly())));
    };
    let base = match int(args, 1)? {
        base @ (2..=62) => base as u32,
        _ => return Err(Failure::of(1, "the base must be a whole number between 2 and 62 inclusive")),
    };
    let failure = || Failure::of(0, format!("{:?} is no whole number in base {base}", text.as_str()));
    let (negative, digits) = match text.as_str().as_bytes() {
        [b'-', ..] => (true, &text.as_str()[1..]),
        [b'+', ..] => (false, &text.as_str()[1..]),
        _ => (false, text.as_str()),
    };
    if digits.is_empty() {
        return Err(failure());
    }
    let parsed = if base <= 36 { Number::parse_integer(digits, base) } else { parse_great_base(digits, base) };
    let parsed = parsed.ok_or_else(failure)?;
    Ok(number(if negative { parsed.negate() } else { parsed }))
}

/// Above base 36 Go tells upper and lower case apart: digits, lower case, upper case.
fn parse_great_base(digits: &str, base: u32) -> Option<Number> {
    if digits.len() > 10_000 {
        return None;
    }
    let base_number = Number::from(i64::from(base));
    digits.bytes().try_fold(Number::from(0), |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            b'A'..=b'Z' => byte - b'A' + 36,
            _ => return None,
        };
        if u32::from(digit) >= base {
            return None;
        }
        value.multiply(&base_number)?.add(&i64::from(digit).into())
    })
}

fn sum(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let items = args[0].as_list().ok_or_else(|| Failure::of(0, "a list, set or tuple of numbers is required"))?;
    if items.is_empty() {
        return Err(Failure::of(0, "cannot sum an empty list"));
    }
    let mut total = Number::from(0);
    for item in items {
        let Ok(Value { kind: Kind::Number(number), .. }) = convert(item, &Type::Number) else {
            return Err(Failure::of(0, "a list, set or tuple of numbers is required"));
        };
        total = total.add(&number).ok_or("can't compute sum of opposing infinities")?;
    }
    Ok(number(total))
}
