//! Between decimal text and binary floats, with the notations of Go's `strconv` and `math/big`.

use num_bigint::BigUint;

use super::float::Float;
use super::{Number, PRECISION};

/// The greatest decimal exponent that is computed.
const MAX_DECIMAL_EXPONENT: i64 = 20_000;

/// Go's notations for numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notation {
    /// `%f`: `1234.5`
    Plain,
    /// `%e`: `1.2345e+03`
    Scientific,
    /// `%g`: scientific for great and small exponents, else plain.
    General,
}

/// A number in decimal notation: sign, digits with at most one point, exponent; or infinity.
pub(super) fn parse(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if matches!(digits, "Inf" | "inf") {
        return Some(if negative { Number::NEG_INFINITY } else { Number::INFINITY });
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) || all.len() as i64 > MAX_DECIMAL_EXPONENT {
        return None;
    }
    let value = BigUint::parse_bytes(all.as_bytes(), 10)?;
    let scale = exponent.checked_sub(fraction.len() as i64)?;
    if value == BigUint::ZERO {
        return Some(0.into());
    }
    if scale.abs() > MAX_DECIMAL_EXPONENT {
        return None;
    }
    let power = BigUint::from(10u32).pow(scale.unsigned_abs() as u32);
    Some(Number::from_float(if scale >= 0 {
        Float::new(negative, value * power, 0, PRECISION, false)
    } else {
        let shift = (u64::from(PRECISION) + 2 + power.bits()).saturating_sub(value.bits());
        let dividend = value << shift;
        let quotient = &dividend / &power;
        let exact = &quotient * &power == dividend;
        Float::new(negative, quotient, -(shift as i64), PRECISION, !exact)
    }))
}

/// Decimal digits without leading or trailing zeros: `0.d₁d₂d₃… · 10^point`. Zero has no digits.
struct Digits {
    digits: Vec<u8>,
    point: i64,
}

impl Digits {
    /// The digits of `mantissa · 2^exponent`, exactly.
    fn exact(mantissa: &BigUint, exponent: i64) -> Self {
        let (integer, fraction) = if exponent >= 0 {
            (mantissa << exponent, 0)
        } else {
            (mantissa * BigUint::from(5u32).pow(exponent.unsigned_abs() as u32), -exponent)
        };
        let digits = integer.to_str_radix(10).into_bytes().into_iter().map(|b| b - b'0').collect::<Vec<_>>();
        let point = digits.len() as i64 - fraction;
        Digits { digits, point }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        let leading = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..leading);
        self.point -= leading as i64;
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// The digit `i` places after that of weight `10^(point - 1)` of another number.
    fn at(&self, i: usize, point: i64) -> u8 {
        let index = i as i64 + self.point - point;
        usize::try_from(index).ok().and_then(|index| self.digits.get(index)).copied().unwrap_or(0)
    }

    /// The number of digits counted from the point of another number.
    fn len_from(&self, point: i64) -> i64 {
        self.digits.len() as i64 + point - self.point
    }

    fn truncate(mut self, count: usize) -> Self {
        self.digits.truncate(count);
        self.trimmed()
    }

    fn round_up(mut self, count: usize) -> Self {
        self.digits.truncate(count);
        loop {
            match self.digits.pop() {
                Some(9) => {}
                Some(digit) => {
                    self.digits.push(digit + 1);
                    return self;
                }
                None => return Digits { digits: vec![1], point: self.point + 1 },
            }
        }
    }

    /// To `count` digits (which may be negative: before the first), half to even.
    fn round(self, count: i64) -> Self {
        if count >= self.digits.len() as i64 {
            return self;
        }
        let Ok(count) = usize::try_from(count) else { return Digits { digits: Vec::new(), point: 0 } };
        let next = self.digits.get(count).copied().unwrap_or(0);
        let half = next == 5 && self.digits.len() == count + 1;
        let odd = count > 0 && self.digits.get(count - 1).is_some_and(|digit| digit % 2 == 1);
        if next > 5 || next == 5 && (!half || odd) { self.round_up(count) } else { self.truncate(count) }
    }
}

/// The fewest digits that lie closer to the number than to either neighbour of its precision
/// (`roundShortest` of Go's `math/big/ftoa.go`).
fn shortest(float: &Float) -> Digits {
    let exact = Digits::exact(float.mantissa(), float.exponent());
    // The mantissa with one bit more than the precision: its last bit is half a unit in the last place.
    let shift = u64::from(float.precision()) + 1 - float.mantissa().bits().min(u64::from(float.precision()));
    let (mantissa, exponent) = (float.mantissa() << shift, float.exponent() - shift as i64);
    let inclusive = !mantissa.bit(1);
    let lower = Digits::exact(&(&mantissa - 1u32), exponent);
    let upper = Digits::exact(&(&mantissa + 1u32), exponent);
    // Digits are compared from the highest place of the upper bound on.
    let point = upper.point.max(exact.point);
    let lead = (point - exact.point) as usize;
    for i in 0..exact.digits.len() + lead {
        let (l, m, u) = (lower.at(i, point), exact.at(i, point), upper.at(i, point));
        let last = i as i64 + 1;
        let down = l != m || inclusive && last == lower.len_from(point);
        let up = m != u && (inclusive || m + 1 < u || last < upper.len_from(point));
        let Some(count) = (i + 1).checked_sub(lead) else { continue };
        match (down, up) {
            (true, true) => return exact.round(count as i64),
            (true, false) => return exact.truncate(count),
            (false, true) => return exact.round_up(count),
            (false, false) => {}
        }
    }
    exact
}

/// `None` is zero.
pub(super) fn format(float: Option<&Float>, notation: Notation, precision: Option<usize>) -> String {
    let negative = float.is_some_and(Float::is_negative);
    let digits = match (float, precision) {
        (None, _) => Digits { digits: Vec::new(), point: 0 },
        (Some(float), None) => shortest(float),
        (Some(float), Some(count)) => {
            let exact = Digits::exact(float.mantissa(), float.exponent());
            let count = count as i64;
            let kept = match notation {
                Notation::Plain => exact.point + count,
                Notation::Scientific => 1 + count,
                Notation::General => count.max(1),
            };
            exact.round(kept)
        }
    };
    let length = digits.digits.len();
    let text = match notation {
        Notation::Plain => plain(&digits, precision.unwrap_or(fraction_digits(&digits))),
        Notation::Scientific => scientific(&digits, precision.unwrap_or(length.saturating_sub(1))),
        Notation::General => {
            let threshold = match precision {
                None => 6,
                Some(count) if count > length && length as i64 >= digits.point => length,
                Some(count) => count.max(1),
            };
            let exponent = digits.point - 1;
            if length > 0 && (exponent < -4 || exponent >= threshold as i64) {
                scientific(&digits, length.saturating_sub(1))
            } else {
                plain(&digits, fraction_digits(&digits))
            }
        }
    };
    if negative { format!("-{text}") } else { text }
}

fn fraction_digits(digits: &Digits) -> usize {
    usize::try_from(digits.digits.len() as i64 - digits.point).unwrap_or(0)
}

fn plain(digits: &Digits, fraction: usize) -> String {
    let digit =
        |i: i64| usize::try_from(i).ok().and_then(|i| digits.digits.get(i)).map_or('0', |d| char::from(b'0' + d));
    let mut text = String::new();
    if digits.point > 0 {
        text.extend((0..digits.point).map(digit));
    } else {
        text.push('0');
    }
    if fraction > 0 {
        text.push('.');
        text.extend((0..fraction as i64).map(|i| digit(digits.point + i)));
    }
    text
}

fn scientific(digits: &Digits, fraction: usize) -> String {
    let digit = |i: usize| digits.digits.get(i).map_or('0', |d| char::from(b'0' + d));
    let mut text = String::from(digit(0));
    if fraction > 0 {
        text.push('.');
        text.extend((1..=fraction).map(digit));
    }
    let exponent = if digits.digits.is_empty() { 0 } else { digits.point - 1 };
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push_str(&format!("e{sign}{:02}", exponent.abs()));
    text
}
