//! The path of a finding: the places at which a suppression can stand.

use super::bracket;
use super::directive::{Directive, Target};
use crate::finding::Finding;
use crate::source::{FileId, Source, Sources, Span};

/// All spans of a finding's path but the headers between resource and region.
pub(super) fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    let hops = finding.origin.hops().map(|hop| hop.span);
    let calls = finding.calls.iter().flatten().map(|call| call.span);
    [finding.region, finding.resource_header].into_iter().chain(finding.origin.span).chain(hops).chain(calls)
}

/// The lines of a finding's path.
pub(super) struct Path<'a> {
    finding: &'a Finding,
    /// File, first line, last line.
    lines: Vec<(FileId, usize, usize)>,
    /// The lines of the calls, for each way in which the resource is reached.
    ways: Vec<Vec<(FileId, usize, usize)>>,
    region: Region,
}

/// The text between the region and what follows it, for objects of JSON.
struct Region {
    /// The offset at which the value of a key that is the region starts.
    value: usize,
}

impl<'a> Path<'a> {
    pub(super) fn of(finding: &'a Finding, sources: &Sources) -> Path<'a> {
        let lines_of = |span: Span| {
            let source = sources.get(span.file)?;
            Some((span.file, source.line(span.start), source.line(span.end.max(span.start + 1) - 1)))
        };
        let hops = finding.origin.hops().map(|hop| hop.span);
        let own = [finding.region, finding.resource_header].into_iter().chain(finding.origin.span).chain(hops);
        let mut lines: Vec<_> = own.filter_map(lines_of).collect();
        let ways =
            finding.calls.iter().map(|way| way.iter().filter_map(|call| lines_of(call.span)).collect()).collect();
        let mut region = Region { value: finding.region.end as usize };
        if let Some(source) = sources.get(finding.region.file) {
            let headers = headers_between(&source, finding.resource_header, finding.region);
            lines.extend(headers.into_iter().map(|line| (source.id, line, line)));
            let after = source.text.get(region.value..).unwrap_or("");
            region.value += after.len() - after.trim_start_matches([' ', '\t', '\r', '\n', ':', '[']).len();
        }
        Path { finding, lines, ways, region }
    }

    /// Whether a suppression belongs to this path.
    pub(super) fn meets(&self, directive: &Directive) -> bool {
        let finding = self.finding;
        match &directive.target {
            Target::File => finding.region.file == directive.span.file,
            Target::Resource => finding.resource_span.contains(directive.span),
            Target::Object(object) => {
                // The object itself, or the key that has it as its value.
                object.contains(finding.region)
                    || (finding.region.file == object.file && self.region.value == object.start as usize)
            }
            Target::Lines(targets) => {
                let hit = |(file, first, last): &(FileId, usize, usize)| {
                    *file == directive.span.file && targets.iter().any(|line| (first..=last).contains(&line))
                };
                // A call counts only if the resource is reached in no other way.
                let called = || !self.ways.is_empty() && self.ways.iter().all(|way| way.iter().any(hit));
                self.lines.iter().any(hit) || called()
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
