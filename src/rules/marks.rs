//! Numbers for values, to memoise on: a rule compares a few numbers where it would compare texts.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::input::fingerprint;
use crate::view::Reading;

/// The values that rules have read, each with its number: equal for rules, equal numbers.
#[derive(Default)]
pub(super) struct Marks {
    known: Mutex<FxHashMap<Box<str>, u32>>,
}

impl Marks {
    /// The number of what a setting holds; 0 where it holds nothing.
    pub(super) fn of(&self, reading: &Reading) -> u32 {
        let number = || {
            let Some(entry) = &reading.entry else { return 0 };
            let mut text = String::with_capacity(64);
            fingerprint(&entry.value, &mut text);
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let next = u32::try_from(known.len()).map_or(u32::MAX, |count| count.saturating_add(1));
            *known.entry(text.into_boxed_str()).or_insert(next)
        };
        *reading.mark.get_or_init(number)
    }
}
