//! How large a value is when everything that it shares is counted each time.
//!
//! Values share their parts. `${a}${a}` around a choice, in a choice, in `${b}${b}` … is small in memory but doubles with
//! every level for whoever walks through it.

use crate::cloudformation::limits;
use crate::value::{Kind, Known, StringPart, Value};

/// The number of unknown parts of a value; `None` if it exceeds what is kept.
pub(super) fn weight(value: &Value) -> Option<usize> {
    let mut count = Count { unknown: 0, visited: 0 };
    count.value(value).then_some(count.unknown)
}

struct Count {
    unknown: usize,
    visited: usize,
}

impl Count {
    /// Adds a value; `false` at the bound.
    fn value(&mut self, value: &Value) -> bool {
        self.visited += 1;
        if self.visited > limits::VALUE_NODES {
            return false;
        }
        match &value.kind {
            Kind::List(list) => list.items.iter().all(|item| self.value(item)),
            Kind::Map(map) => map.entries.values().all(|entry| self.value(&entry.value)),
            Kind::Unknown(unknown) => {
                self.unknown += 1;
                self.unknown <= limits::UNKNOWN_PARTS && self.known(&unknown.known)
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => true,
        }
    }

    fn known(&mut self, known: &Known) -> bool {
        match known {
            Known::Choice(choice) => self.value(&choice.then) && self.value(&choice.otherwise),
            Known::Parts(parts) => parts.iter().all(|part| match part {
                StringPart::Unknown(value) => self.value(value),
                StringPart::Literal(_) => true,
            }),
            Known::Encoding(value) => self.value(value),
            _ => true,
        }
    }
}
