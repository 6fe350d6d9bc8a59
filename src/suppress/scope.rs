//! The path of a finding: the places at which a suppression can stand.

use super::bracket;
use super::directive::{Directive, Target};
use crate::finding::Finding;
use crate::resource::Call;
use crate::source::{FileId, Source, Sources, Span};

/// All spans of a finding's path but the headers between resource and region.
pub(super) fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    let hops = finding.origin.hops().map(|hop| hop.span);
    let calls = finding.calls.iter().flatten().map(|call| call.span);
    [finding.region, finding.resource_header].into_iter().chain(finding.origin.span).chain(hops).chain(calls)
}

/// The lines of a finding's path, and its places in objects of JSON.
pub(super) struct Path<'a> {
    finding: &'a Finding,
    own: Vec<Place>,
    /// File, first line, last line of the blocks around the region.
    headers: Vec<(FileId, usize, usize)>,
    /// The calls, for each way in which the resource is reached.
    ways: Vec<Vec<Place>>,
}

/// A place on the path.
struct Place {
    span: Span,
    /// First and last line.
    lines: (usize, usize),
    /// Where the value starts, if the place is a key of JSON.
    value: usize,
}

impl Place {
    fn of(span: Span, sources: &Sources) -> Option<Place> {
        let source = sources.get(span.file)?;
        let lines = (source.line(span.start), source.line(span.end.max(span.start + 1) - 1));
        let after = source.text.get(span.end as usize..).unwrap_or("");
        let value = span.end as usize + after.len() - after.trim_start_matches([' ', '\t', '\r', '\n', ':', '[']).len();
        Some(Place { span, lines, value })
    }

    /// Whether a comment with this target, in this file, belongs to the place.
    fn meets(&self, target: &Target, file: FileId) -> bool {
        match target {
            // The object itself, or the key that has it as its value.
            Target::Object(object) => {
                object.contains(self.span) || (self.span.file == object.file && self.value == object.start as usize)
            }
            Target::Lines(lines) => {
                let (first, last) = self.lines;
                self.span.file == file && lines.iter().any(|line| (first..=last).contains(line))
            }
            Target::Resource | Target::File => false,
        }
    }
}

impl<'a> Path<'a> {
    pub(super) fn of(finding: &'a Finding, sources: &Sources) -> Path<'a> {
        let hops = finding.origin.hops().map(|hop| hop.span);
        let own = [finding.region, finding.resource_header].into_iter().chain(finding.origin.span).chain(hops);
        let own = own.filter_map(|span| Place::of(span, sources)).collect();
        let way = |way: &Vec<Call>| way.iter().filter_map(|call| Place::of(call.span, sources)).collect();
        let ways = finding.calls.iter().map(way).collect();
        let headers = sources.get(finding.region.file).map_or_else(Vec::new, |source| {
            let headers = headers_between(&source, finding.resource_header, finding.region);
            headers.into_iter().map(|line| (source.id, line, line)).collect()
        });
        Path { finding, own, headers, ways }
    }

    /// Whether a suppression belongs to this path.
    pub(super) fn meets(&self, directive: &Directive) -> bool {
        let finding = self.finding;
        let file = directive.span.file;
        match &directive.target {
            Target::File => finding.region.file == file,
            Target::Resource => finding.resource_span.contains(directive.span),
            target => {
                let in_header = |(of, first, last): &(FileId, usize, usize)| match target {
                    Target::Lines(lines) => *of == file && lines.iter().any(|line| (first..=last).contains(&line)),
                    _ => false,
                };
                let meets = |place: &Place| place.meets(target, file);
                // A call counts only if the resource is reached in no other way.
                let called = || !self.ways.is_empty() && self.ways.iter().all(|way| way.iter().any(meets));
                self.own.iter().any(meets) || self.headers.iter().any(in_header) || called()
            }
        }
    }
}

/// The lines of the headers of all blocks that are open at `region`, from the resource's header on.
fn headers_between(source: &Source, header: Span, region: Span) -> Vec<usize> {
    if header.file != region.file || header.start >= region.start {
        return Vec::new();
    }
    let is_yaml = matches!(source.path.extension().and_then(|e| e.to_str()), Some("yaml" | "yml"))
        || !source.text.get(header.end as usize..region.start as usize).is_some_and(|text| text.contains('{'));
    if is_yaml {
        return indented(source, source.line(header.start), source.line(region.start));
    }
    let text = source.text.get(..region.start as usize).unwrap_or("");
    let offset = header.start as usize;
    let open = bracket::open_at(&text[offset.min(text.len())..], text.len());
    open.into_iter().map(|at| source.line((offset + at) as u32)).collect()
}

/// The lines from `first` up to `last` that are indented less than everything between them and `last`.
fn indented(source: &Source, first: usize, last: usize) -> Vec<usize> {
    // The item of a list is deeper than the list, even if its dash is not.
    let depth = |line: usize| {
        let text = source.line_text(line);
        let content = text.trim_start_matches([' ', '-']);
        (!content.is_empty() && !content.starts_with('#')).then(|| text.len() - content.len())
    };
    let Some(mut least) = depth(last) else { return Vec::new() };
    let mut lines = Vec::new();
    for line in (first..last).rev() {
        if let Some(depth) = depth(line).filter(|depth| *depth < least) {
            least = depth;
            lines.push(line);
        }
    }
    lines
}
