//! Templates that are parts of others.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{File, Kind, Loaded};
use crate::source::FileId;

/// What files evaluate to, without templates that others nest or include: these are judged with what they are given
/// there, not by themselves.
///
/// Of templates that nest each other, the first stands for all.
pub(super) fn outermost(files: &[&File], mut loaded: Vec<Loaded>) -> Vec<Loaded> {
    let position: FxHashMap<FileId, usize> = files.iter().enumerate().map(|(at, file)| (file.source.id, at)).collect();
    let parts: Vec<FxHashSet<usize>> = loaded
        .iter()
        .enumerate()
        .map(|(at, (unit, _))| {
            let files = unit.iter().flat_map(|unit| &unit.files);
            files.filter_map(|file| position.get(file).copied()).filter(|part| *part != at).collect()
        })
        .collect();
    let nested: Vec<usize> = parts
        .iter()
        .enumerate()
        .flat_map(|(whole, parts)| parts.iter().map(move |part| (whole, *part)))
        .filter(|(whole, part)| !parts[*part].contains(whole) || whole < part)
        .map(|(_, part)| part)
        .collect();
    for part in nested.into_iter().filter(|part| files[*part].kind == Kind::Template) {
        loaded[part] = Loaded::default();
    }
    // Two templates that nest a third both say what is wrong with it.
    let mut said = FxHashSet::default();
    for (_, diagnostics) in &mut loaded {
        diagnostics.retain(|diagnostic| said.insert((diagnostic.code, diagnostic.span, diagnostic.message.clone())));
    }
    loaded
}
