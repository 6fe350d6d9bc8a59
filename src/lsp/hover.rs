//! Help on a finding.

use std::collections::HashSet;
use std::path::Path;

use gen_lsp_types::{Hover, MarkupContent, MarkupKind, Position, Range};

use super::client::Client;
use super::findings::Places;
use super::modules::Judgement;
use crate::report::rule_help;

/// What the rules whose findings stand at a position say of themselves.
pub(super) fn hover(
    path: &Path,
    position: Position,
    judgement: &Judgement,
    places: &Places<'_>,
    client: &Client,
) -> Option<Hover> {
    let project = judgement.project.as_ref()?;
    let mut findings: Vec<_> = places.touched(path, Range { start: position, end: position }).collect();
    let range = findings.first().and_then(|finding| places.range(finding.region))?;
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(&finding.rule));
    let rules = findings.iter().filter_map(|finding| project.rules.metadata_of(&finding.rule));
    let help: Vec<String> = rules
        .map(|rule| {
            let link = rule.page.as_ref().map(|page| format!("\n[{}]({page})\n", rule.id)).unwrap_or_default();
            format!("{}{link}", rule_help(&rule))
        })
        .collect();
    let kind = if client.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let contents = MarkupContent { kind, value: help.join("\n---\n\n") };
    (!help.is_empty()).then(|| Hover { contents: contents.into(), range: Some(range) })
}
