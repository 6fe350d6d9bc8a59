//! `AWS::Include`: a snippet in a file of its own, at the top of the template or in `Fn::Transform`.

use crate::cloudformation::inputs::Inputs;
use crate::cloudformation::limits;
use crate::cloudformation::nested::{in_folder, local_path};
use crate::cloudformation::stack::Place;
use crate::cloudformation::template::{macro_call, transforms};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::parse::template;
use crate::source::FileId;

/// How many snippets one template may include.
const MAX_SNIPPETS: usize = 100;

/// The template with the snippets that are on this machine in place of `Fn::Transform`. What is not here stays.
pub(super) fn apply(
    root: &Node,
    inputs: &Inputs,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Node, Vec<FileId>) {
    let mut includer = Includer { inputs, place, diagnostics, files: Vec::new(), nodes: limits::EXPANDED_NODES };
    let mut node = includer.node(root);
    if let Some((_, transform)) = transforms(root).iter().find(|(name, _)| *name == "AWS::Include")
        && let Some(snippet) = includer.snippet(transform)
        && let NodeKind::Mapping(entries) = &mut node.kind
    {
        merge(entries, snippet);
        drop_include(entries);
    }
    (node, includer.files)
}

struct Includer<'a> {
    inputs: &'a Inputs,
    place: &'a Place,
    diagnostics: &'a mut Vec<Diagnostic>,
    files: Vec<FileId>,
    nodes: usize,
}

impl Includer<'_> {
    fn node(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            NodeKind::Sequence(items) => NodeKind::Sequence(items.iter().map(|item| self.node(item)).collect()),
            NodeKind::Mapping(entries) => return self.mapping(node, entries),
            scalar => scalar.clone(),
        };
        Node::new(node.span, kind)
    }

    fn mapping(&mut self, node: &Node, entries: &[Entry]) -> Node {
        let mut result = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.key.as_str() != "Fn::Transform" {
                result.push(Entry { value: self.node(&entry.value), ..entry.clone() });
                continue;
            }
            match self.snippet(&entry.value) {
                // Alone, the call stands for the snippet as a whole; among others, it adds the snippet's entries.
                Some(snippet) if entries.len() == 1 => return snippet,
                Some(snippet) => merge(&mut result, snippet),
                None => result.push(entry.clone()),
            }
        }
        Node::new(node.span, NodeKind::Mapping(result))
    }

    /// The snippet that a call of `AWS::Include` names, if it is on this machine.
    fn snippet(&mut self, call: &Node) -> Option<Node> {
        let call = macro_call(call);
        let name = call.get("Name").and_then(Node::as_str).unwrap_or("Fn::Transform");
        if name != "AWS::Include" {
            let message = format!("the macro {name} is not applied: what it would change is not seen");
            self.diagnostics.push(Diagnostic::warning(Code::Template, message, call.span));
            return None;
        }
        let location = call.get("Parameters").and_then(|parameters| parameters.get("Location")).unwrap_or(call);
        let path = location.as_str().and_then(local_path);
        let (Some(path), Some(files)) = (path, &self.inputs.files) else {
            let message = "the included file is not on this machine";
            self.diagnostics.push(Diagnostic::warning(Code::MissingModule, message, location.span));
            return None;
        };
        if self.files.len() >= MAX_SNIPPETS {
            let message = "the template includes more files than are read";
            self.diagnostics.push(Diagnostic::warning(Code::Limit, message, location.span));
            return None;
        }
        match files.read(&in_folder(&self.place.folder, path)) {
            Ok(source) => {
                self.files.push(source.id);
                let (snippet, mut diagnostics) = template::parse(&source);
                self.diagnostics.append(&mut diagnostics);
                self.nodes = self.nodes.checked_sub(count(&snippet)).or_else(|| {
                    let message = "the included files are too large";
                    self.diagnostics.push(Diagnostic::warning(Code::Limit, message, location.span));
                    None
                })?;
                Some(snippet)
            }
            Err(problem) => {
                let message = format!("the included file is not read: {problem}");
                self.diagnostics.push(Diagnostic::warning(Code::MissingModule, message, location.span));
                None
            }
        }
    }
}

/// Takes `AWS::Include` out of `Transform`, since it is done.
fn drop_include(entries: &mut Vec<Entry>) {
    let is_include = |node: &Node| node.as_str().or_else(|| node.get("Name")?.as_str()) == Some("AWS::Include");
    entries.retain_mut(|entry| {
        if entry.key.as_str() != "Transform" {
            return true;
        }
        match &mut entry.value.kind {
            NodeKind::Sequence(items) => {
                items.retain(|item| !is_include(item));
                !items.is_empty()
            }
            _ => !is_include(&entry.value),
        }
    });
}

/// Adds the entries of a snippet. Where both have a mapping under one key, these are merged in turn.
fn merge(entries: &mut Vec<Entry>, snippet: Node) {
    let NodeKind::Mapping(added) = snippet.kind else { return };
    for entry in added {
        match entries.iter_mut().find(|known| known.key == entry.key) {
            Some(Entry { value: Node { kind: NodeKind::Mapping(known), .. }, .. }) => merge(known, entry.value),
            Some(known) => *known = entry,
            None => entries.push(entry),
        }
    }
}

fn count(node: &Node) -> usize {
    let children = node.items().iter().chain(node.entries().iter().map(|entry| &entry.value));
    1 + children.map(count).sum::<usize>()
}
