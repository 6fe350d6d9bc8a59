//! Policy files: documents on their own, lists of them, and what the AWS CLI prints.

use crate::diagnostic::{Code, Diagnostic};
use crate::iam::kind::{PolicyKind, infer};
use crate::iam::printed::holds_policy;
use crate::parse::json;
use crate::parse::node::{Entry, Node, NodeKind};
use crate::resource::{Format, Place, Resource, Unit};
use crate::source::Source;
use crate::value::{Condition, Value, node_to_value};

/// The policies of a file, each as a resource of the type `policy.KIND` with the one setting `document`.
pub(super) fn unit(source: &Source, root: &Node, forced: Option<PolicyKind>) -> (Unit, Vec<Diagnostic>) {
    let mut documents = Vec::new();
    let mut diagnostics = Vec::new();
    collect(root, false, &mut documents, &mut diagnostics);
    if documents.is_empty() {
        let message = "this looks like a file of policies, but there is no policy document in it";
        let start = root.entries().first().map_or(root.span, |entry| entry.key_span);
        diagnostics.push(Diagnostic::warning(Code::Policy, message, start));
    }
    let stem = source.path.file_stem().map_or_else(|| "policy".into(), |stem| stem.to_string_lossy().into_owned());
    let several = documents.len() > 1;
    let mut resources = Vec::new();
    for (number, node) in documents.iter().enumerate() {
        let document = node_to_value(node);
        let Some(kind) = forced.or_else(|| infer(&document, &stem)) else {
            let message = "this looks like a policy, but no statement says what it allows or denies";
            diagnostics.push(Diagnostic::warning(Code::Policy, message, node.span));
            continue;
        };
        let header = node.entries().first().map_or(node.span, |entry| entry.key_span);
        let address = if several { format!("{stem}[{number}]") } else { stem.clone() };
        resources.push(Resource {
            address: address.into(),
            ty: format!("policy.{}", kind.as_str()).into(),
            data: false,
            header,
            span: node.span,
            values: Value::from_pairs([("document", document)]),
            is_used: false,
            meta: Value::null(),
            exists: Condition::Constant(true),
            calls: Vec::new(),
            label: None,
            made_from: None,
        });
    }
    let unit = Unit {
        format: Format::Policy,
        files: vec![source.id],
        resources,
        constraints: Vec::new(),
        place: Place::default(),
    };
    (unit, diagnostics)
}

/// The documents in a node: itself, the items of a list, the contents of a wrapper. `held` says whether a text here may
/// hold one.
fn collect(node: &Node, held: bool, documents: &mut Vec<Node>, diagnostics: &mut Vec<Diagnostic>) {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().for_each(|item| collect(item, held, documents, diagnostics)),
        NodeKind::Mapping(_) if node.get("Statement").is_some() => documents.push(node.clone()),
        NodeKind::Mapping(entries) => {
            let each = |entry: &Entry| collect(&entry.value, holds_policy(entry.key.as_str()), documents, diagnostics);
            entries.iter().for_each(each);
        }
        NodeKind::String(text) if held && text.as_str().trim_start().starts_with('{') => {
            let (inner, mut problems) = json::parse_text(text, node.span);
            diagnostics.append(&mut problems);
            // Each level of quoting makes the text longer: this ends.
            collect(&inner, false, documents, diagnostics);
        }
        _ => {}
    }
}
