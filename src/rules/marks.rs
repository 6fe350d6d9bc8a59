//! Numbers for values, to memoise on: a rule compares a few numbers where it would compare texts.

use std::sync::{Arc, Mutex, PoisonError};

use super::bounded::Bounded;
use super::input::fingerprint;
use crate::value::{Kind, Map, Value};
use crate::view::Reading;

/// How many values that many resources share are known by their address.
const MAX_SHARED: usize = 64;

/// How many bytes of texts are kept.
const MAX_BYTES: usize = 16 << 20;

/// The values that rules have read, each with its number: equal numbers, equal for rules. A value that was forgotten gets
/// another number; no number is used again.
#[derive(Default)]
pub(super) struct Marks {
    known: Mutex<Known>,
    /// What the absence of a policy means is one value for all resources, and a large one.
    shared: Mutex<Vec<(Arc<Map>, u32)>>,
}

#[derive(Default)]
struct Known {
    numbers: Bounded<Box<str>, u32, MAX_BYTES>,
    /// How many values have got a number.
    count: u32,
}

impl Marks {
    /// The number of what a setting holds; 0 where it holds nothing.
    pub(super) fn of(&self, reading: &Reading) -> u32 {
        let number = || reading.entry.as_ref().map_or(0, |entry| self.number(&entry.value));
        *reading.mark.get_or_init(number)
    }

    fn number(&self, value: &Value) -> u32 {
        let map = match &value.kind {
            // Rules see neither.
            Kind::Null | Kind::Unknown(_) => return 0,
            Kind::Bool(value) => return 1 + u32::from(*value),
            Kind::Map(map) => map,
            _ => return self.by_text(value),
        };
        if Arc::strong_count(map) == 1 {
            return self.by_text(value);
        }
        let shared = || self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, number)) = shared().iter().find(|(known, _)| Arc::ptr_eq(known, map)) {
            return *number;
        }
        let number = self.by_text(value);
        let mut shared = shared();
        if shared.len() < MAX_SHARED {
            shared.push((Arc::clone(map), number));
        }
        number
    }

    fn by_text(&self, value: &Value) -> u32 {
        let mut text = String::with_capacity(64);
        fingerprint(value, &mut text);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = known.numbers.get(&*text) {
            return *number;
        }
        known.count = known.count.saturating_add(1);
        let next = known.count.saturating_add(2);
        let bytes = text.len();
        let forgotten = known.numbers.insert(text.into_boxed_str(), next, bytes);
        drop(known);
        if forgotten {
            self.shared.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_texts_and_never_gives_a_number_twice() {
        let marks = Marks::default();
        let text = |edit: usize| Value::string(format!("{edit}{}", "x".repeat(1 << 20)));
        let numbers: Vec<u32> = (0..40).map(|edit| marks.number(&text(edit))).collect();
        assert!(numbers.is_sorted_by(|one, next| one < next));
        assert_eq!(marks.number(&text(39)), numbers[39]);
        assert!(marks.number(&text(0)) > numbers[39]);
        let known = marks.known.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(known.numbers.len() <= 16);
    }
}
