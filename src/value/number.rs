//! Numbers.

/// A number: exact where Terraform is exact (512 bits of mantissa).
#[derive(Clone, PartialEq, Debug)]
pub struct Number(f64);

impl Number {
    /// From a notation of HCL, JSON or YAML (`12`, `1.5e3`, `0x1f`, `1_000`). `None` if it is no number.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Number)
    }

    /// The nearest double.
    pub fn as_f64(&self) -> f64 {
        self.0
    }

    /// The integer, if it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() < 9e15).then_some(self.0 as i64)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number(value as f64)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
