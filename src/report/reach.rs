//! Which resources a finding is about and how they are reached, in the few words that a line has room for.

use super::place::Place;
use super::summary::plural;
use crate::finding::Finding;
use crate::source::{Source, Sources};

/// How many places of calls are named.
const MAX_PLACES: usize = 2;

/// The resource that a finding is about, and how many more there are: `aws_kms_key.k["a"] and 2 more`.
pub(super) fn subject(finding: &Finding) -> String {
    match finding.instances.len().saturating_sub(1) {
        0 => finding.resource.to_string(),
        more => format!("{} and {more} more", finding.resource),
    }
}

/// Where the calls stand by which root modules and templates reach the resource: ` (called at envs/dev/main.tf:3)`. Without
/// them, what two roots call looks the same. Nothing if it is not called.
pub(super) fn called(finding: &Finding, sources: &Sources, path: impl Fn(&Source) -> String) -> String {
    let mut places: Vec<(String, usize)> = Vec::new();
    for call in finding.calls.iter().filter_map(|way| way.first()) {
        let Some(place) = Place::of(call.span, sources) else { continue };
        let place = (path(&place.source), place.start.line);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let places: Vec<String> = places.iter().map(|(path, line)| format!("{path}:{line}")).collect();
    phrase("called at", &places)
}

/// The files of those calls, without lines: ` (called in envs/dev/main.tf)`.
pub(super) fn called_in(finding: &Finding, sources: &Sources, path: impl Fn(&Source) -> String) -> String {
    let mut files: Vec<String> = Vec::new();
    for source in finding.calls.iter().filter_map(|way| sources.get(way.first()?.span.file)) {
        let path = path(&source);
        if !files.contains(&path) {
            files.push(path);
        }
    }
    phrase("called in", &files)
}

fn phrase(word: &str, places: &[String]) -> String {
    let named = &places[..places.len().min(MAX_PLACES)];
    match places.len() - named.len() {
        _ if named.is_empty() => String::new(),
        0 => format!(" ({word} {})", named.join(" and ")),
        more => format!(" ({word} {} and {})", named.join(", "), plural(more, "more place")),
    }
}
