//! Work on many items at once. One item is worked on where it is asked for: waking other processors takes longer than
//! most files do.

use rayon::prelude::*;

/// What `work` gives for each item, in their order.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match items.len() {
        ..=1 => items.iter().map(work).collect(),
        _ => items.par_iter().map(work).collect(),
    }
}

/// Fewer items than this take less time than it takes to wake another processor, if each is the work of microseconds.
const MANY: usize = 256;

/// The same for items that are little work each.
pub(crate) fn map_light<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match items.len() {
        ..MANY => items.iter().map(work).collect(),
        _ => items.par_iter().with_min_len(MANY / 4).map(work).collect(),
    }
}
