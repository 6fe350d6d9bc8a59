//! Fingerprints by which a finding is known again from run to run: they survive moved lines and say nothing of the folder
//! that the run was started in.

use std::collections::HashMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::{Base, display};
use crate::finding::Finding;
use crate::resource::Format;
use crate::source::{Source, Sources, Span};

/// Fingerprints of single instances: rule, [place](place), address, setting and the text of the region. In which file of
/// its folder a resource of Terraform stands does not matter.
pub fn of_instances(findings: &[&Finding], base: &Base, sources: &Sources) -> Vec<String> {
    let digests = findings.iter().map(|finding| {
        let text = text(finding.region, sources);
        digest(&[&finding.rule, &place(finding, base, sources), &finding.resource, &finding.path, text.trim()])
    });
    numbered(digests)
}

/// Fingerprints of defects, whatever instances and calls lead there: rule, file, the header of the resource, setting, the
/// text of the region, and where the value was written if that is elsewhere.
pub fn of_defects(findings: &[&Finding], base: Option<&Base>, sources: &Sources) -> Vec<String> {
    let digests = findings.iter().map(|finding| {
        let (region, header) = (text(finding.region, sources), text(finding.resource_header, sources));
        let origin = finding.origin.span;
        let (from, value) = origin.map(|span| (file(span, base, sources), text(span, sources))).unwrap_or_default();
        let own = file(finding.region, base, sources);
        digest(&[&finding.rule, &own, header.trim(), &finding.path, region.trim(), &from, value.trim()])
    });
    numbered(digests)
}

/// What tells resources of the same address apart: the folder of the root module, or the template.
pub fn place(finding: &Finding, base: &Base, sources: &Sources) -> String {
    let outermost = finding.calls.first().and_then(|way| way.first()).map_or(finding.resource_header, |call| call.span);
    let Some(source) = sources.get(outermost.file) else { return String::new() };
    let path = base.relative(&source.path);
    match finding.format {
        Format::Terraform | Format::Plan => display(path.parent().unwrap_or(Path::new(""))),
        Format::CloudFormation | Format::Policy => display(&path),
    }
}

fn text(span: Span, sources: &Sources) -> String {
    sources.get(span.file).map(|source| source.slice(span).to_owned()).unwrap_or_default()
}

fn file(span: Span, base: Option<&Base>, sources: &Sources) -> String {
    let path = |source: &Source| match base {
        Some(base) if source.is_file => display(&base.relative(&source.path)),
        _ => display(&source.path),
    };
    sources.get(span.file).map(|source| path(&source)).unwrap_or_default()
}

/// Digests as text; those that agree are told apart by their order.
fn numbered(digests: impl Iterator<Item = [u8; 32]>) -> Vec<String> {
    let mut seen: HashMap<[u8; 32], usize> = HashMap::new();
    digests
        .map(|first| {
            let count = seen.entry(first).and_modify(|count| *count += 1).or_insert(0);
            let bytes = if *count == 0 { first } else { digest(&[&hex(&first), &count.to_string()]) };
            hex(&bytes[..16])
        })
        .collect()
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
