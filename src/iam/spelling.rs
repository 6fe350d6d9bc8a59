//! What a misspelt name most likely means.

/// The first of the names that are the fewest letters away from a text, if they are at most `most` away.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Option<&'a str> {
    let own = Letters::of(text);
    let mut best = None;
    let mut limit = most;
    for name in names {
        if own.distance_at_least(&Letters::of(name)) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(text, name);
        if distance <= limit {
            best = Some(name);
            let Some(closer) = distance.checked_sub(1) else { break };
            limit = closer;
        }
    }
    best
}

/// What tells most pairs of names apart without comparing them letter by letter.
struct Letters {
    count: usize,
    /// Which letters there are, folded to a set of 64.
    kinds: u64,
}

impl Letters {
    fn of(text: &str) -> Self {
        let fold = |all: Letters, letter: char| Letters {
            count: all.count + 1,
            kinds: all.kinds | 1 << (u32::from(letter) % 64),
        };
        text.chars().fold(Letters { count: 0, kinds: 0 }, fold)
    }

    /// Each edit changes the length by one at most, and takes away or brings in one letter at most.
    fn distance_at_least(&self, other: &Letters) -> usize {
        let missing = |from: u64, kinds: u64| (kinds & !from).count_ones() as usize;
        let kinds = missing(self.kinds, other.kinds).max(missing(other.kinds, self.kinds));
        kinds.max(self.count.abs_diff(other.count))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Letters, nearest};

    proptest! {
        #[test]
        fn the_bound_is_one(a in "[a-e0-2é]{0,7}", b in "[a-e0-2é]{0,7}") {
            prop_assert!(Letters::of(&a).distance_at_least(&Letters::of(&b)) <= strsim::damerau_levenshtein(&a, &b));
        }

        #[test]
        fn the_nearest_is_the_first_of_them(text in "[abc]{0,5}", names in prop::collection::vec("[abc]{0,5}", 0..6)) {
            let distance = |name: &&String| strsim::damerau_levenshtein(&text, name);
            let expected = names.iter().min_by_key(distance).filter(|name| distance(name) <= 2);
            prop_assert_eq!(nearest(&text, names.iter().map(String::as_str), 2), expected.map(String::as_str));
        }
    }
}
