//! Binary floating point with a mantissa of chosen precision, as Go's `math/big.Float` computes (round to nearest even).

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};

use super::{MAX_EXPONENT, PRECISION};

/// The most digits of an integer that are read.
const MAX_DIGITS: usize = 1 << 16;

/// A finite number other than zero: `± mantissa · 2^exponent`. The mantissa is odd, so that equal numbers are equal here.
#[derive(Clone, Debug)]
pub(super) struct Float {
    negative: bool,
    mantissa: BigUint,
    exponent: i64,
    /// The bits that its notation must tell apart.
    precision: u32,
}

impl PartialEq for Float {
    fn eq(&self, other: &Self) -> bool {
        (self.negative, self.exponent, &self.mantissa) == (other.negative, other.exponent, &other.mantissa)
    }
}

impl Eq for Float {}

impl std::hash::Hash for Float {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.negative, self.exponent, &self.mantissa).hash(state);
    }
}

impl Float {
    /// `± mantissa · 2^exponent`, rounded to `precision` bits. `inexact`: the true mantissa is a little greater.
    /// `None` is zero.
    pub(super) fn new(
        negative: bool,
        mut mantissa: BigUint,
        mut exponent: i64,
        precision: u32,
        inexact: bool,
    ) -> Option<Self> {
        let excess = mantissa.bits().saturating_sub(u64::from(precision));
        if excess > 0 {
            let half = mantissa.bit(excess - 1);
            let below = inexact || mantissa.trailing_zeros().is_some_and(|zeros| zeros < excess - 1);
            mantissa >>= excess;
            exponent += excess as i64;
            if half && (below || mantissa.bit(0)) {
                mantissa += 1u32;
            }
        }
        let zeros = mantissa.trailing_zeros()?;
        mantissa >>= zeros;
        Some(Float { negative, mantissa, exponent: exponent + zeros as i64, precision })
    }

    pub(super) fn from_i64(value: i64) -> Option<Self> {
        Float::new(value < 0, value.unsigned_abs().into(), 0, PRECISION, false)
    }

    pub(super) fn from_f64(value: f64) -> Option<Self> {
        let bits = value.to_bits();
        let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i64);
        let (mantissa, exponent) =
            if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
        Float::new(value < 0.0, mantissa.into(), exponent, 53, false)
    }

    /// The outer `None`: no such number.
    pub(super) fn parse_integer(digits: &str, radix: u32) -> Option<Option<Self>> {
        if digits.len() > MAX_DIGITS || !digits.bytes().all(|b| (b as char).is_digit(radix)) {
            return None;
        }
        let mantissa = BigUint::parse_bytes(digits.as_bytes(), radix)?;
        let precision = PRECISION.max(mantissa.bits() as u32);
        Some(Float::new(false, mantissa, 0, precision, false))
    }

    pub(super) fn is_negative(&self) -> bool {
        self.negative
    }

    pub(super) fn precision(&self) -> u32 {
        self.precision
    }

    pub(super) fn mantissa(&self) -> &BigUint {
        &self.mantissa
    }

    pub(super) fn exponent(&self) -> i64 {
        self.exponent
    }

    /// The exponent of the bit above the highest.
    fn magnitude(&self) -> i64 {
        self.exponent + self.mantissa.bits() as i64
    }

    pub(super) fn exceeds_bounds(&self) -> bool {
        self.magnitude() > MAX_EXPONENT
    }

    pub(super) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    pub(super) fn as_i64(&self) -> Option<i64> {
        if self.exponent < 0 || self.magnitude() > 64 {
            return None;
        }
        i64::try_from(self.integer()).ok()
    }

    /// The integer part.
    fn integer(&self) -> BigInt {
        let magnitude =
            if self.exponent >= 0 { &self.mantissa << self.exponent } else { &self.mantissa >> -self.exponent };
        BigInt::from_biguint(if self.negative { Sign::Minus } else { Sign::Plus }, magnitude)
    }

    pub(super) fn truncate(&self) -> Option<Self> {
        if self.magnitude() <= 0 {
            return None;
        }
        let (sign, magnitude) = self.integer().into_parts();
        Float::new(sign == Sign::Minus, magnitude, 0, self.precision, false)
    }

    pub(super) fn as_f64(&self) -> f64 {
        let magnitude = self.magnitude();
        if magnitude > 1024 {
            return if self.negative { f64::NEG_INFINITY } else { f64::INFINITY };
        }
        // Below the normal range a double has fewer bits.
        let precision = if magnitude < -1021 { 53 - (-1021 - magnitude) } else { 53 };
        if precision < 1 {
            return 0.0;
        }
        let Some(rounded) = Float::new(self.negative, self.mantissa.clone(), self.exponent, precision as u32, false)
        else {
            return 0.0;
        };
        let digits = rounded.mantissa.iter_u64_digits().next().unwrap_or(0) as f64;
        // Two steps, since 2^exponent itself may lie outside the range.
        let half = (rounded.exponent / 2) as i32;
        let value = digits * 2f64.powi(half) * 2f64.powi(rounded.exponent as i32 - half);
        if self.negative { -value } else { value }
    }

    pub(super) fn to_radix(&self, radix: u32) -> String {
        self.integer().to_str_radix(radix)
    }

    pub(super) fn negate(self) -> Self {
        Float { negative: !self.negative, ..self }
    }

    pub(super) fn add(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        let (a, b) = match (a, b) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return a.or(b),
        };
        // Numbers lie within ±MAX_EXPONENT, so that this shift is bounded.
        let exponent = a.exponent.min(b.exponent);
        let scaled = |float: &Float| {
            let sign = if float.negative { Sign::Minus } else { Sign::Plus };
            BigInt::from_biguint(sign, &float.mantissa << (float.exponent - exponent))
        };
        let (sign, magnitude) = (scaled(&a) + scaled(&b)).into_parts();
        Float::new(sign == Sign::Minus, magnitude, exponent, a.precision.max(b.precision), false)
    }

    pub(super) fn multiply(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        let (a, b) = (a?, b?);
        let precision = a.precision.max(b.precision);
        let product =
            Float::new(a.negative != b.negative, a.mantissa * b.mantissa, a.exponent + b.exponent, precision, false)?;
        product.or_underflow()
    }

    pub(super) fn divide(a: &Self, b: &Self) -> Option<Self> {
        let precision = a.precision.max(b.precision);
        // Enough bits that the quotient has two more than the precision.
        let shift = (u64::from(precision) + 2 + b.mantissa.bits()).saturating_sub(a.mantissa.bits());
        let dividend = &a.mantissa << shift;
        let quotient = &dividend / &b.mantissa;
        let exact = &quotient * &b.mantissa == dividend;
        let exponent = a.exponent - b.exponent - shift as i64;
        Float::new(a.negative != b.negative, quotient, exponent, precision, !exact)?.or_underflow()
    }

    /// Itself, or zero when it is too small to be computed with.
    fn or_underflow(self) -> Option<Self> {
        (self.magnitude() > -MAX_EXPONENT).then_some(self)
    }

    pub(super) fn compare(a: Option<&Self>, b: Option<&Self>) -> Ordering {
        let sign = |float: Option<&Self>| float.map_or(0, |float| if float.negative { -1 } else { 1 });
        let (Some(a), Some(b)) = (a, b) else { return sign(a).cmp(&sign(b)) };
        if a.negative != b.negative {
            return sign(Some(a)).cmp(&sign(Some(b)));
        }
        let ordering = a.magnitude().cmp(&b.magnitude()).then_with(|| {
            let exponent = a.exponent.min(b.exponent);
            (&a.mantissa << (a.exponent - exponent)).cmp(&(&b.mantissa << (b.exponent - exponent)))
        });
        if a.negative { ordering.reverse() } else { ordering }
    }
}
