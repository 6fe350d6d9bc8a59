//! Suppressions in a template's `Metadata`: `sealint: { ignore: [{ rule, reason, until }] }` of a resource or of the
//! template, and checkov's `checkov: { skip: [{ id, comment }] }` of a resource.

use memchr::memmem;

use super::directive::{Directive, Name, Target, date};
use crate::config::Foreign;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::parse::template;
use crate::source::Source;

/// The suppressions in the metadata of a template. Files that are none, or have none, are not parsed.
pub(super) fn directives(source: &Source, foreign: &[Foreign], diagnostics: &mut Vec<Diagnostic>) -> Vec<Directive> {
    let has = |word: &str| memmem::find(source.text.as_bytes(), word.as_bytes()).is_some();
    let checkov = foreign.contains(&Foreign::Checkov);
    if !has("Metadata") || !(has("sealint") || (checkov && has("checkov"))) {
        return Vec::new();
    }
    let root = template::parse(source).0;
    let mut found = Vec::new();
    if let Some(metadata) = root.get("Metadata") {
        own(source, metadata, &Target::File, diagnostics, &mut found);
    }
    for resource in root.get("Resources").map_or(&[][..], Node::entries) {
        let Some(metadata) = resource.value.get("Metadata") else { continue };
        own(source, metadata, &Target::Resource, diagnostics, &mut found);
        if checkov {
            skips(metadata, &mut found);
        }
    }
    found
}

fn own(
    source: &Source,
    metadata: &Node,
    target: &Target,
    diagnostics: &mut Vec<Diagnostic>,
    found: &mut Vec<Directive>,
) {
    let Some(ours) = metadata.get("sealint") else { return };
    let Some(list) = ours.get("ignore").filter(|list| matches!(list.kind, NodeKind::Sequence(_))) else {
        let message = "this metadata is no suppression that sealint understands";
        let help = "write `sealint: {ignore: [{rule: rule-id, reason: …}]}`";
        let span = ours.get("ignore").unwrap_or(ours).span;
        return diagnostics.push(Diagnostic::warning(Code::Suppression, message, span).help(help));
    };
    for item in list.items() {
        let rules = item.get("rule").or_else(|| item.get("rules"));
        let names: Vec<Name> = rules.map_or(std::slice::from_ref(item), one_or_more).iter().filter_map(name).collect();
        if names.is_empty() {
            let message = "this entry names no rule";
            let help = "write `- rule: rule-id` and `reason: …`";
            diagnostics.push(Diagnostic::warning(Code::Suppression, message, item.span).help(help));
            continue;
        }
        let until = match item.get("until") {
            // YAML reads a date as such; its text is what counts.
            Some(node) => match date(source.slice(node.span).trim_matches(['"', '\'']), node.span, diagnostics) {
                Some(day) => Some(day),
                None => continue,
            },
            None => None,
        };
        let reason = text(item.get("reason"));
        found.push(Directive { span: item.span, names, reason, until, target: target.clone(), foreign: None });
    }
}

fn skips(metadata: &Node, found: &mut Vec<Directive>) {
    let items = metadata.get("checkov").and_then(|theirs| theirs.get("skip")).map_or(&[][..], Node::items);
    for item in items {
        let names: Vec<Name> = item.get("id").and_then(name).into_iter().collect();
        let (reason, foreign) = (text(item.get("comment")), Some(Foreign::Checkov));
        found.push(Directive { span: item.span, names, reason, until: None, target: Target::Resource, foreign });
    }
}

/// The items of a list, or the one thing that is no list.
fn one_or_more(node: &Node) -> &[Node] {
    if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() }
}

fn name(node: &Node) -> Option<Name> {
    Some(Name { text: node.as_str()?.trim().to_string(), span: node.span, used: false })
}

fn text(node: Option<&Node>) -> Option<String> {
    node.and_then(Node::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_string)
}
