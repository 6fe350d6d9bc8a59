//! Three-valued logic.

/// Whether something holds, as far as that is known (Kleene's strong logic).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It is not known.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// The conjunction.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// The disjunction.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The conjunction of all, true for none.
    pub fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
        let mut result = Truth::True;
        for part in parts {
            result = result.and(part);
            if result == Truth::False {
                break;
            }
        }
        result
    }

    /// The disjunction of all, false for none.
    pub fn any(parts: impl IntoIterator<Item = Truth>) -> Truth {
        let mut result = Truth::False;
        for part in parts {
            result = result.or(part);
            if result == Truth::True {
                break;
            }
        }
        result
    }

    /// Whether it certainly holds.
    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    /// Whether it certainly does not hold.
    pub fn is_false(self) -> bool {
        self == Truth::False
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}
