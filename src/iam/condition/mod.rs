//! Conditions: operators, evaluation, and what they narrow.

mod compare;
mod contradict;
mod evaluate;
mod implies;
mod narrow;

pub(crate) use compare::{date, network, number};
pub(crate) use contradict::contradict;
pub use evaluate::{Context as RequestContext, Presence};
pub(crate) use implies::implies;
pub use narrow::{Narrowing, narrowing_of, narrows_grant};
pub(crate) use narrow::{holds_back, is_required};

/// A condition operator with its prefix and suffix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Operator {
    /// What is compared and how.
    pub test: Test,
    /// Whether the comparison is negated.
    pub negated: bool,
    /// Whether an absent key counts as true.
    pub if_exists: bool,
    /// How several values of a request are put together.
    pub set: Option<Set>,
}

/// The comparisons, in their positive form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Test {
    /// Equal text.
    StringEquals,
    /// Equal text without regard to case.
    StringEqualsIgnoreCase,
    /// A wildcard pattern.
    StringLike,
    /// A comparison of numbers.
    Numeric(Order),
    /// A comparison of dates.
    Date(Order),
    /// A boolean.
    Bool,
    /// Bytes in Base64.
    Binary,
    /// A range of addresses.
    Ip,
    /// An ARN, field by field, with wildcards: `ArnEquals` and `ArnLike` behave alike.
    Arn,
    /// Whether the key is absent.
    Null,
}

/// How two values are ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Equal.
    Equals,
    /// The value of the request is less.
    LessThan,
    /// Less or equal.
    LessThanEquals,
    /// Greater.
    GreaterThan,
    /// Greater or equal.
    GreaterThanEquals,
}

/// The set operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Set {
    /// At least one value of the request must match; none is no match.
    ForAnyValue,
    /// Every value of the request must match; none is a match.
    ForAllValues,
}

impl Test {
    /// Whether values of a policy may hold variables: those of text and of ARNs.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    pub fn takes_variables(self) -> bool {
        matches!(self, Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike | Test::Arn)
    }
}

impl Operator {
    /// The operator of this name.
    pub fn parse(name: &str) -> Option<Operator> {
        let (set, rest) = match name.split_once(':') {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAnyValue") => (Some(Set::ForAnyValue), rest),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAllValues") => (Some(Set::ForAllValues), rest),
            Some(_) => return None,
            None => (None, name),
        };
        let lower = rest.to_ascii_lowercase();
        let (base, if_exists) = match lower.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (lower.as_str(), false),
        };
        let (test, negated) = test(base)?;
        if test == Test::Null && (if_exists || set.is_some()) {
            return None;
        }
        Some(Operator { test, negated, if_exists, set })
    }

    /// Whether an absent key makes it true.
    pub fn holds_when_absent(&self) -> bool {
        self.if_exists || self.set == Some(Set::ForAllValues) || (self.negated && self.set.is_none())
    }

    /// Whether it can only be true of what matches: not negated, not `IfExists`, no `Null`.
    pub fn is_positive(&self) -> bool {
        !self.negated && !self.if_exists && self.test != Test::Null
    }
}

fn test(base: &str) -> Option<(Test, bool)> {
    use Order::{Equals, GreaterThan, GreaterThanEquals, LessThan, LessThanEquals};
    Some(match base {
        "stringequals" => (Test::StringEquals, false),
        "stringnotequals" => (Test::StringEquals, true),
        "stringequalsignorecase" => (Test::StringEqualsIgnoreCase, false),
        "stringnotequalsignorecase" => (Test::StringEqualsIgnoreCase, true),
        "stringlike" => (Test::StringLike, false),
        "stringnotlike" => (Test::StringLike, true),
        "numericequals" => (Test::Numeric(Equals), false),
        "numericnotequals" => (Test::Numeric(Equals), true),
        "numericlessthan" => (Test::Numeric(LessThan), false),
        "numericlessthanequals" => (Test::Numeric(LessThanEquals), false),
        "numericgreaterthan" => (Test::Numeric(GreaterThan), false),
        "numericgreaterthanequals" => (Test::Numeric(GreaterThanEquals), false),
        "dateequals" => (Test::Date(Equals), false),
        "datenotequals" => (Test::Date(Equals), true),
        "datelessthan" => (Test::Date(LessThan), false),
        "datelessthanequals" => (Test::Date(LessThanEquals), false),
        "dategreaterthan" => (Test::Date(GreaterThan), false),
        "dategreaterthanequals" => (Test::Date(GreaterThanEquals), false),
        "bool" => (Test::Bool, false),
        "binaryequals" => (Test::Binary, false),
        "ipaddress" => (Test::Ip, false),
        "notipaddress" => (Test::Ip, true),
        "arnequals" | "arnlike" => (Test::Arn, false),
        "arnnotequals" | "arnnotlike" => (Test::Arn, true),
        "null" => (Test::Null, false),
        _ => return None,
    })
}
