//! Numbers for values, to memoise on: a rule compares a few numbers where it would compare texts.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::input::fingerprint;
use crate::value::{Kind, Map, Value};
use crate::view::Reading;

/// How many values that many resources share are known by their address.
const MAX_SHARED: usize = 64;

/// The values that rules have read, each with its number: equal for rules, equal numbers.
#[derive(Default)]
pub(super) struct Marks {
    known: Mutex<FxHashMap<Box<str>, u32>>,
    /// What the absence of a policy means is one value for all resources, and a large one.
    shared: Mutex<Vec<(Arc<Map>, u32)>>,
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
        if let Some(number) = known.get(&*text) {
            return *number;
        }
        let next = u32::try_from(known.len()).map_or(u32::MAX, |count| count.saturating_add(3));
        known.insert(text.into_boxed_str(), next);
        next
    }
}
