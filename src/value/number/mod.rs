//! Numbers, as exact as Terraform's: integers without bound on their size up to [`MAX_EXPONENT`] bits, fractions in binary
//! with 512 bits of mantissa.

mod decimal;
mod float;

use std::cmp::Ordering;
use std::sync::Arc;

pub use decimal::Notation;
use float::Float;

/// The bits of mantissa that a number from text keeps (cty parses with Go's `big.ParseFloat(s, 10, 512, ToNearestEven)`).
const PRECISION: u32 = 512;

/// The greatest binary exponent; beyond it a number is infinite. Go's bound is 2³¹, which no machine prints.
const MAX_EXPONENT: i64 = 1 << 18;

/// A number: exact where Terraform is exact (512 bits of mantissa).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Number(Repr);

/// Integers that fit are always `Int`, so that equality of representations is equality of numbers.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Repr {
    Int(i64),
    Float(Arc<Float>),
    Infinite { negative: bool },
}

impl Number {
    /// Positive infinity.
    pub const INFINITY: Number = Number(Repr::Infinite { negative: false });
    /// Negative infinity.
    pub const NEG_INFINITY: Number = Number(Repr::Infinite { negative: true });

    /// From a notation of HCL, JSON or YAML (`12`, `1.5e3`, `0x1f`, `1_000`). `None` if it is no number.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse::<i64>() {
            return Some(value.into());
        }
        let plain = text.replace('_', "");
        let (negative, digits) = match plain.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
        };
        let radix = match digits.get(..2) {
            Some("0x" | "0X") => 16,
            Some("0o" | "0O") => 8,
            Some("0b" | "0B") => 2,
            _ => return Number::parse_decimal(&plain),
        };
        let value = Number::parse_integer(&digits[2..], radix)?;
        Some(if negative { value.negate() } else { value })
    }

    /// From decimal notation alone, as Go's `big.ParseFloat` with base 10 takes it: no underscores, no `0x`; `Inf` is a
    /// number. `None` if it is none, or too great to be computed with.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse::<i64>() {
            return Some(value.into());
        }
        decimal::parse(text)
    }

    /// From the digits of an integer in a base from 2 to 36, without a sign.
    pub fn parse_integer(digits: &str, radix: u32) -> Option<Self> {
        Float::parse_integer(digits, radix).map(Number::from_float)
    }

    /// The number that a double holds, with 53 bits of mantissa. `None` for NaN.
    pub fn from_f64(value: f64) -> Option<Self> {
        if value.is_nan() {
            return None;
        }
        if value.is_infinite() {
            return Some(Number(Repr::Infinite { negative: value < 0.0 }));
        }
        Some(Number::from_float(Float::from_f64(value)))
    }

    fn from_float(float: Option<Float>) -> Self {
        match float {
            None => Number(Repr::Int(0)),
            Some(float) if float.exceeds_bounds() => Number(Repr::Infinite { negative: float.is_negative() }),
            Some(float) => match float.as_i64() {
                Some(value) => Number(Repr::Int(value)),
                None => Number(Repr::Float(Arc::new(float))),
            },
        }
    }

    /// The binary float, if this is finite; the inner `None` is zero.
    fn float(&self) -> Option<Option<Float>> {
        match &self.0 {
            Repr::Int(value) => Some(Float::from_i64(*value)),
            Repr::Float(float) => Some(Some((**float).clone())),
            Repr::Infinite { .. } => None,
        }
    }

    /// The nearest double.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Int(value) => *value as f64,
            Repr::Float(float) => float.as_f64(),
            Repr::Infinite { negative: false } => f64::INFINITY,
            Repr::Infinite { negative: true } => f64::NEG_INFINITY,
        }
    }

    /// The integer, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Int(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it has no fraction. Infinity is no integer.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Int(_) => true,
            Repr::Float(float) => float.is_integer(),
            Repr::Infinite { .. } => false,
        }
    }

    /// Whether it is positive or negative infinity.
    pub fn is_infinite(&self) -> bool {
        matches!(self.0, Repr::Infinite { .. })
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i64 {
        match &self.0 {
            Repr::Int(value) => value.signum(),
            Repr::Float(float) => 1 - 2 * i64::from(float.is_negative()),
            Repr::Infinite { negative } => 1 - 2 * i64::from(*negative),
        }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negate(&self) -> Number {
        match &self.0 {
            Repr::Int(value) => match value.checked_neg() {
                Some(value) => Number(Repr::Int(value)),
                None => Number::from_float(Float::from_i64(*value).map(Float::negate)),
            },
            Repr::Float(float) => Number::from_float(Some((**float).clone().negate())),
            Repr::Infinite { negative } => Number(Repr::Infinite { negative: !negative }),
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Number {
        if self.signum() < 0 { self.negate() } else { self.clone() }
    }

    /// The sum. `None` for the sum of infinities of different sign.
    pub fn add(&self, other: &Number) -> Option<Number> {
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*b)
        {
            return Some(sum.into());
        }
        match (self.float(), other.float()) {
            (Some(a), Some(b)) => Some(Number::from_float(Float::add(a, b))),
            (None, None) => (self == other).then(|| self.clone()),
            (None, Some(_)) => Some(self.clone()),
            (Some(_), None) => Some(other.clone()),
        }
    }

    /// The difference. `None` for the difference of infinities of one sign.
    pub fn subtract(&self, other: &Number) -> Option<Number> {
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0)
            && let Some(difference) = a.checked_sub(*b)
        {
            return Some(difference.into());
        }
        self.add(&other.negate())
    }

    /// The product. `None` for zero times infinity.
    pub fn multiply(&self, other: &Number) -> Option<Number> {
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0)
            && let Some(product) = a.checked_mul(*b)
        {
            return Some(product.into());
        }
        match (self.float(), other.float()) {
            (Some(a), Some(b)) => Some(Number::from_float(Float::multiply(a, b))),
            _ => match self.signum() * other.signum() {
                0 => None,
                sign => Some(Number(Repr::Infinite { negative: sign < 0 })),
            },
        }
    }

    /// The quotient; a number divided by zero is infinite. `None` for zero by zero and infinity by infinity.
    pub fn divide(&self, other: &Number) -> Option<Number> {
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0)
            && let (Some(0), Some(quotient)) = (a.checked_rem(*b), a.checked_div(*b))
        {
            return Some(quotient.into());
        }
        match (self.float(), other.float()) {
            (Some(None), Some(None)) | (None, None) => None,
            (Some(_), None) => Some(0.into()),
            (None, Some(_)) | (Some(_), Some(None)) => {
                let negative = (self.signum() < 0) != (other.signum() < 0);
                Some(Number(Repr::Infinite { negative }))
            }
            (Some(None), Some(Some(_))) => Some(0.into()),
            (Some(Some(a)), Some(Some(b))) => Some(Number::from_float(Float::divide(&a, &b))),
        }
    }

    /// The remainder of the quotient rounded towards zero, as cty computes it: modulo zero is the number itself, and with
    /// infinity it is their product. `None` where that product has no value.
    pub fn modulo(&self, other: &Number) -> Option<Number> {
        if self.is_infinite() || other.is_infinite() {
            return self.multiply(other);
        }
        if other.signum() == 0 {
            return Some(self.clone());
        }
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0)
            && let Some(remainder) = a.checked_rem(*b)
        {
            return Some(remainder.into());
        }
        self.subtract(&self.divide(other)?.truncate().multiply(other)?)
    }

    /// The integer part.
    #[must_use]
    pub fn truncate(&self) -> Number {
        match &self.0 {
            Repr::Float(float) => Number::from_float(float.truncate()),
            _ => self.clone(),
        }
    }

    /// The greatest integer that is not greater.
    #[must_use]
    pub fn floor(&self) -> Number {
        self.round_with(-1)
    }

    /// The least integer that is not less.
    #[must_use]
    pub fn ceil(&self) -> Number {
        self.round_with(1)
    }

    fn round_with(&self, direction: i64) -> Number {
        let truncated = self.truncate();
        if self.is_integer() || self.is_infinite() || self.signum() != direction {
            return truncated;
        }
        truncated.add(&direction.into()).unwrap_or(truncated)
    }

    /// The number in one of Go's notations, with so many digits after the point (`None`: as many as it takes to tell the
    /// number from its neighbours).
    pub fn format(&self, notation: Notation, digits: Option<usize>) -> String {
        match &self.0 {
            Repr::Infinite { negative } => if *negative { "-Inf" } else { "+Inf" }.to_owned(),
            _ => decimal::format(self.float().flatten().as_ref(), notation, digits),
        }
    }

    /// An integer in a base from 2 to 36, in lower case, with its sign. `None` if it is no integer.
    pub fn to_radix(&self, radix: u32) -> Option<String> {
        match &self.0 {
            Repr::Infinite { .. } => None,
            _ if !self.is_integer() => None,
            _ => Some(self.float().flatten().map_or_else(|| "0".to_owned(), |float| float.to_radix(radix))),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number(Repr::Int(value))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Number(Repr::Int(value.into()))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        Number(Repr::Int(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Int(a), Repr::Int(b)) = (&self.0, &other.0) {
            return a.cmp(b);
        }
        let rank = |number: &Number| if number.is_infinite() { number.signum() } else { 0 };
        match (self.float(), other.float()) {
            (Some(a), Some(b)) => Float::compare(a.as_ref(), b.as_ref()),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

/// The shortest decimal notation without exponent, as Terraform converts numbers to strings.
impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Repr::Int(value) => write!(f, "{value}"),
            Repr::Infinite { negative } => f.write_str(if *negative { "-Inf" } else { "Inf" }),
            Repr::Float(_) => f.write_str(&self.format(Notation::Plain, None)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn decimal_fractions_add_as_people_expect() {
        assert_eq!(number("0.1").add(&number("0.2")).unwrap().to_string(), "0.3");
        assert_eq!(number("1e3").to_string(), "1000");
        assert_eq!(number("0.000001").to_string(), "0.000001");
        assert_eq!(number("-1.50").to_string(), "-1.5");
    }

    #[test]
    fn great_integers_stay_exact() {
        let great = "99999999999999999999999999999999999999999999999999999";
        assert_eq!(number(&format!("{great}.123")).floor().to_string(), great);
        assert_eq!(number("9223372036854775807").add(&1.into()).unwrap().to_string(), "9223372036854775808");
        assert_eq!(number("9223372036854775808").subtract(&1.into()).unwrap().as_i64(), Some(i64::MAX));
    }

    #[test]
    fn a_third_has_512_bits() {
        let third = Number::from(1).divide(&3.into()).unwrap().to_string();
        assert_eq!(third.len(), 157);
        assert!(third.ends_with("335"), "{third}");
        assert_eq!(Number::from_f64(0.1).unwrap().to_string(), "0.1");
    }

    #[test]
    fn infinities_follow_go() {
        assert_eq!(Number::from(-5).divide(&0.into()), Some(Number::NEG_INFINITY));
        assert_eq!(Number::from(0).divide(&0.into()), None);
        assert_eq!(Number::from(5).modulo(&0.into()), Some(5.into()));
        assert_eq!(Number::INFINITY.add(&Number::NEG_INFINITY), None);
        assert!(Number::NEG_INFINITY < number("-1e300") && number("1e300") < Number::INFINITY);
        assert_eq!(Number::parse_decimal("1e999999999"), None);
    }

    #[test]
    fn other_bases() {
        assert_eq!(number("0x1f").as_i64(), Some(31));
        assert_eq!(number("-0b101").as_i64(), Some(-5));
        assert_eq!(number("1_000").as_i64(), Some(1000));
        assert_eq!(Number::parse_decimal("0x1f"), None);
        assert_eq!(Number::from(-255).to_radix(16).unwrap(), "-ff");
    }

    #[test]
    fn scientific_notations() {
        assert_eq!(number("1000").format(Notation::Scientific, Some(6)), "1.000000e+03");
        assert_eq!(number("1.06").format(Notation::Plain, Some(1)), "1.1");
        assert_eq!(number("0.5").format(Notation::Plain, Some(0)), "0");
        assert_eq!(number("1000000").format(Notation::General, None), "1e+06");
        assert_eq!(number("1e-23").format(Notation::General, None), "1e-23");
        assert_eq!(number("12345678.5").format(Notation::General, None), "1.23456785e+07");
    }

    proptest::proptest! {
        #[test]
        fn text_round_trips(mantissa in proptest::prelude::any::<i128>(), exponent in -40i32..40) {
            let number = Number::parse_decimal(&format!("{mantissa}e{exponent}")).unwrap();
            proptest::prop_assert_eq!(Number::parse_decimal(&number.to_string()).unwrap(), number);
        }

        #[test]
        fn doubles_print_in_as_few_digits_as_rust_needs(value in proptest::num::f64::NORMAL) {
            proptest::prop_assume!(value.abs() > 1e-200 && value.abs() < 1e200 && value.fract() != 0.0);
            let number = Number::from_f64(value).unwrap();
            let printed = number.to_string();
            // Of two equally short and equally close notations either is right.
            proptest::prop_assert_eq!(printed.len(), value.to_string().len());
            proptest::prop_assert_eq!(printed.parse::<f64>().ok(), Some(value));
            proptest::prop_assert_eq!(number.as_f64(), value);
        }

        #[test]
        fn division_with_remainder(a in -1_000_000i64..1_000_000, b in 1i64..1000) {
            let (a, b) = (Number::from(a).divide(&8.into()).unwrap(), Number::from(b).divide(&16.into()).unwrap());
            let remainder = a.modulo(&b).unwrap();
            let whole = a.divide(&b).unwrap().truncate().multiply(&b).unwrap();
            proptest::prop_assert_eq!(whole.add(&remainder).unwrap(), a);
            proptest::prop_assert!(remainder.abs() < b);
        }
    }
}
