//! Policy files: documents on their own, lists of them, and what the AWS CLI prints.

use crate::diagnostic::{Code, Diagnostic};
use crate::iam::kind::{PolicyKind, infer};
use crate::parse::json;
use crate::parse::node::{Node, NodeKind};
use crate::resource::{Format, Place, Resource, Unit};
use crate::source::Source;
use crate::value::{Condition, Value, node_to_value};

/// The keys under which the AWS CLI prints a policy, as text (`get-key-policy`, `get-bucket-policy`) or as an object.
const WRAPPERS: [&str; 5] = ["Policy", "PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument", "Document"];

/// The policies of a file, each as a resource of the type `policy.KIND` with the one setting `document`.
pub(super) fn unit(source: &Source, root: &Node, forced: Option<PolicyKind>) -> (Unit, Vec<Diagnostic>) {
    let mut documents = Vec::new();
    let mut diagnostics = Vec::new();
    collect(root, &mut documents, &mut diagnostics);
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

/// The documents in a node: itself, the items of a list, the contents of a wrapper.
fn collect(node: &Node, documents: &mut Vec<Node>, diagnostics: &mut Vec<Diagnostic>) {
    if let NodeKind::Sequence(items) = &node.kind {
        items.iter().for_each(|item| collect(item, documents, diagnostics));
        return;
    }
    if node.get("Statement").is_some() {
        documents.push(node.clone());
        return;
    }
    for entry in node.entries() {
        match &entry.value.kind {
            NodeKind::String(text) if WRAPPERS.contains(&entry.key.as_str()) => {
                let (inner, mut problems) = json::parse_text(text, entry.value.span);
                diagnostics.append(&mut problems);
                collect(&inner, documents, diagnostics);
            }
            NodeKind::Mapping(_) | NodeKind::Sequence(_) => collect(&entry.value, documents, diagnostics),
            _ => {}
        }
    }
}
