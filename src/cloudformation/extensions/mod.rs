//! What is done to a template before it is evaluated: included snippets, loops, SAM.

mod for_each;
mod include;
mod serverless;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::inputs::Inputs;
use super::sam;
use super::stack::Place;
use super::template::{APPLIED, transforms};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::source::FileId;

/// A template after its transforms.
pub(super) struct Expanded<'n> {
    /// The template.
    pub(super) node: Cow<'n, Node>,
    /// The identifiers of loops that were run once because their collection is not known.
    pub(super) loops: FxHashSet<Arc<str>>,
    /// What the source declares, by the logical ids of the resources that SAM makes from it.
    pub(super) made_from: sam::Declarations,
    /// The files it includes.
    pub(super) files: Vec<FileId>,
}

/// Applies the transforms of a template.
pub(super) fn expand<'n>(
    root: &'n Node,
    inputs: &Inputs,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Expanded<'n> {
    let mut expanded = Expanded {
        node: Cow::Borrowed(root),
        loops: FxHashSet::default(),
        made_from: sam::Declarations::default(),
        files: Vec::new(),
    };
    let names = transforms(root);
    if names.iter().any(|(name, _)| *name == "AWS::Include") || has_key(root, &|key| key == "Fn::Transform") {
        let (node, files) = include::apply(&expanded.node, inputs, place, diagnostics);
        (expanded.node, expanded.files) = (Cow::Owned(node), files);
    }
    if has_key(&expanded.node, &|key| key.starts_with(for_each::PREFIX)) {
        let (node, loops) = for_each::apply(&expanded.node, inputs, place, diagnostics);
        (expanded.node, expanded.loops) = (Cow::Owned(node), loops);
    }
    let asked = sam::applies_to(&expanded.node);
    if let Some(span) = serverless::resource(&expanded.node).filter(|_| !asked) {
        let message = format!("resources of SAM need the transform {SAM}");
        diagnostics.push(Diagnostic::warning(Code::Template, message, span));
    }
    if asked || serverless::resource(&expanded.node).is_some() {
        let (transformed, mut problems) = serverless::apply(expanded.node.into_owned(), inputs);
        expanded.node = Cow::Owned(transformed.template);
        expanded.made_from = transformed.made_from;
        diagnostics.append(&mut problems);
    }
    for (name, node) in names {
        if name != "AWS::Include" && !APPLIED.contains(&name) {
            let message = format!("the macro {name} is not applied: what it would change is not seen");
            diagnostics.push(Diagnostic::warning(Code::Template, message, node.span));
        }
    }
    expanded
}

/// The name of the SAM transform.
const SAM: &str = "AWS::Serverless-2016-10-31";

/// Whether any mapping of the tree has a key of this sort.
fn has_key(node: &Node, sought: &impl Fn(&str) -> bool) -> bool {
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().any(|item| has_key(item, sought)),
        NodeKind::Mapping(entries) => {
            entries.iter().any(|entry| sought(entry.key.as_str()) || has_key(&entry.value, sought))
        }
        _ => false,
    }
}
