//! A memory with a bound: a language server keeps its rules for as long as an editor is open.

use std::borrow::Borrow;
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// A map that forgets everything when it would hold more than `MAX` bytes.
pub(super) struct Bounded<K, V, const MAX: usize> {
    entries: FxHashMap<K, V>,
    bytes: usize,
}

impl<K, V, const MAX: usize> Default for Bounded<K, V, MAX> {
    fn default() -> Self {
        Bounded { entries: FxHashMap::default(), bytes: 0 }
    }
}

impl<K: Hash + Eq, V, const MAX: usize> Bounded<K, V, MAX> {
    /// About how much an entry takes beside what it refers to.
    const ENTRY: usize = size_of::<(K, V)>() + 8;

    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(key)
    }

    /// Remembers an entry that refers to so many bytes. Whether everything else was forgotten for it.
    pub(super) fn insert(&mut self, key: K, value: V, bytes: usize) -> bool {
        let bytes = bytes + Self::ENTRY;
        let is_full = self.bytes + bytes > MAX;
        if is_full {
            *self = Bounded::default();
        }
        self.bytes += bytes;
        self.entries.insert(key, value);
        is_full
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_no_more_than_its_bound() {
        let mut memory: Bounded<u64, u64, 10_000> = Bounded::default();
        for number in 0..1000 {
            memory.insert(number, number, 100);
            assert_eq!(memory.get(&number), Some(&number));
            assert!(memory.bytes <= 10_000 && memory.len() <= 100);
        }
    }
}
