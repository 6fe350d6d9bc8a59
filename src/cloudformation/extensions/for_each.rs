//! `Fn::ForEach`: entries that are made once for each item of a collection ("Fn::ForEach", CloudFormation template
//! reference).

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::cloudformation::evaluator::{Budget, Evaluator};
use crate::cloudformation::inputs::Inputs;
use crate::cloudformation::limits;
use crate::cloudformation::scope::Scope;
use crate::cloudformation::stack::Place;
use crate::cloudformation::template::{Template, intrinsic, transforms};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::{Known, Text, TextBuilder, Value};

/// How the key of a loop starts; its name follows.
pub(super) const PREFIX: &str = "Fn::ForEach::";

/// The template with its loops unrolled, and the identifiers of loops over collections that are not known: these run
/// once, with the identifier left in place.
pub(super) fn apply(
    root: &Node,
    inputs: &Inputs,
    place: &Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Node, FxHashSet<Arc<str>>) {
    if !transforms(root).iter().any(|(name, _)| *name == "AWS::LanguageExtensions") {
        let message = "Fn::ForEach needs the transform AWS::LanguageExtensions";
        diagnostics.push(Diagnostic::warning(Code::Template, message, root.span));
    }
    // What is wrong with parameters and mappings is said when the result is evaluated.
    let mut ignored = Vec::new();
    let template = Template::new(root, &mut ignored);
    let scope = Scope::new(&template, &inputs.parameters, &place.prefix, &mut ignored);
    let none = FxHashSet::default();
    let evaluator = Evaluator::new(&template, scope, inputs, place.clone(), &none, Budget::default());
    let mut unroller =
        Unroller { evaluator, nodes: limits::EXPANDED_NODES, loops: FxHashSet::default(), exceeded: None };
    let node = unroller.node(root, &mut Vec::new());
    diagnostics.append(&mut unroller.evaluator.diagnostics);
    if let Some(span) = unroller.exceeded {
        let message = "the loops of this template make more than is looked at";
        diagnostics.push(Diagnostic::warning(Code::Limit, message, span));
    }
    (node, unroller.loops)
}

struct Unroller<'a> {
    evaluator: Evaluator<'a>,
    nodes: usize,
    loops: FxHashSet<Arc<str>>,
    exceeded: Option<Span>,
}

/// What an identifier stands for in one round of its loop.
struct Binding {
    name: Arc<str>,
    item: Item,
}

#[derive(Clone)]
enum Item {
    /// This text.
    Text(Text),
    /// What this function of the template yields.
    Function(Node),
    /// Nothing is known of it.
    Unknown,
}

impl Unroller<'_> {
    fn node(&mut self, node: &Node, bound: &mut Vec<Binding>) -> Node {
        let Some(left) = self.nodes.checked_sub(1) else {
            self.exceeded.get_or_insert(node.span);
            return Node::new(node.span, NodeKind::Null);
        };
        self.nodes = left;
        let kind = match &node.kind {
            NodeKind::String(text) => NodeKind::String(substitute(text, bound).into_owned()),
            NodeKind::Sequence(items) => NodeKind::Sequence(items.iter().map(|item| self.node(item, bound)).collect()),
            NodeKind::Mapping(entries) => return self.mapping(node, entries, bound),
            scalar => scalar.clone(),
        };
        Node::new(node.span, kind)
    }

    fn mapping(&mut self, node: &Node, entries: &[Entry], bound: &mut Vec<Binding>) -> Node {
        if let Some(("Ref", name)) = intrinsic(node)
            && let Some(binding) = name.as_str().and_then(|name| bound.iter().rev().find(|b| &*b.name == name))
        {
            match &binding.item {
                Item::Text(text) => return Node::new(node.span, NodeKind::String(text.clone())),
                Item::Function(function) => return function.clone(),
                Item::Unknown => {}
            }
        }
        let mut result = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.key.as_str().starts_with(PREFIX) {
                self.unroll(entry, bound, &mut result);
            } else {
                let key = substitute(&entry.key, bound).into_owned();
                result.push(Entry { key, key_span: entry.key_span, value: self.node(&entry.value, bound) });
            }
        }
        let made = Node::new(node.span, NodeKind::Mapping(result));
        if bound.is_empty() { made } else { without_sub(made) }
    }

    /// The entries that a loop makes: `[identifier, collection, body]`.
    fn unroll(&mut self, entry: &Entry, bound: &mut Vec<Binding>, result: &mut Vec<Entry>) {
        let [identifier, collection, body] = entry.value.items() else {
            let message = "Fn::ForEach takes an identifier, a collection and a mapping";
            self.evaluator.report(Diagnostic::error(Code::Template, message, entry.value.span));
            return;
        };
        let (Some(name), NodeKind::Mapping(_)) = (identifier.as_str(), &body.kind) else {
            let message = "Fn::ForEach takes an identifier, a collection and a mapping";
            self.evaluator.report(Diagnostic::error(Code::Template, message, entry.value.span));
            return;
        };
        for item in self.items(collection, bound) {
            if self.exceeded.is_some() {
                return;
            }
            if !matches!(item, Item::Text(_)) {
                self.loops.insert(name.into());
            }
            bound.push(Binding { name: name.into(), item });
            if let Node { kind: NodeKind::Mapping(made), .. } = self.node(body, bound) {
                result.extend(made);
            }
            bound.pop();
        }
    }

    fn items(&mut self, collection: &Node, bound: &mut Vec<Binding>) -> Vec<Item> {
        let collection = self.node(collection, bound);
        if let NodeKind::Sequence(items) = &collection.kind {
            return items.iter().flat_map(|item| self.item(item)).collect();
        }
        let value = self.evaluator.evaluate(&collection);
        let mut items = Vec::new();
        if collect(&value, &mut items) {
            return items;
        }
        let message = "the collection of this loop is not known: its body is looked at once";
        self.evaluator.report(Diagnostic::note(Code::Template, message, collection.span));
        vec![Item::Unknown]
    }

    /// An item of a collection that is written out.
    fn item(&mut self, item: &Node) -> Vec<Item> {
        let value = self.evaluator.evaluate(item);
        let mut items = Vec::new();
        if collect(&value, &mut items) {
            return items;
        }
        vec![Item::Function(item.clone())]
    }
}

/// Adds the texts of a value: a scalar, a list, or a choice between such. `false` if none is known.
fn collect(value: &Value, items: &mut Vec<Item>) -> bool {
    if let Some(list) = value.as_list() {
        return list.iter().all(|item| collect(item, items));
    }
    if let Some(Known::Choice(alternatives)) = value.as_unknown().map(|unknown| &unknown.known) {
        // A resource that is there in some regions only is looked at as if it were always there.
        let (then, otherwise) = (collect(&alternatives.then, items), collect(&alternatives.otherwise, items));
        return then || otherwise;
    }
    let text = match (&value.kind, value.as_text()) {
        (_, Some(text)) => text.clone(),
        (crate::value::Kind::Number(number), _) => Text::synthetic(&number.to_string()),
        (crate::value::Kind::Bool(flag), _) => Text::synthetic(&flag.to_string()),
        _ => return false,
    };
    if !items.iter().any(|known| matches!(known, Item::Text(other) if *other == text)) {
        items.push(Item::Text(text));
    }
    true
}

/// The text of an `Fn::Sub` that has nothing left to substitute; any other node as it is.
fn without_sub(node: Node) -> Node {
    let text = match intrinsic(&node) {
        Some(("Fn::Sub", argument)) => match argument.items() {
            [text, names] if names.entries().is_empty() => text,
            _ => argument,
        },
        _ => return node,
    };
    match &text.kind {
        NodeKind::String(text) if !text.as_str().contains("${") => Node::new(node.span, NodeKind::String(text.clone())),
        _ => node,
    }
}

/// The text with `${name}` and `&{name}` (letters and digits only) replaced by what the names are bound to.
fn substitute<'t>(text: &'t Text, bound: &[Binding]) -> Cow<'t, Text> {
    let whole = text.as_str();
    if bound.is_empty() || !whole.contains("{") {
        return Cow::Borrowed(text);
    }
    let mut builder = TextBuilder::default();
    let mut done = 0;
    for (at, _) in whole.match_indices('{') {
        let Some(start) = at.checked_sub(1).filter(|start| *start >= done) else { continue };
        let sign = whole.as_bytes().get(start).copied();
        let Some(length) = whole[at..].find('}') else { break };
        let name = &whole[at + 1..at + length];
        let end = at + length + 1;
        let binding = bound.iter().rev().find(|binding| &*binding.name == name);
        let Some(Binding { item: Item::Text(item), .. }) = binding else { continue };
        let plain: String;
        let replacement = match sign {
            Some(b'$') => item.as_str(),
            Some(b'&') => {
                plain = item.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
                &plain
            }
            _ => continue,
        };
        builder.push_part(text, done..start);
        builder.push(replacement, text.span_of(start..end));
        done = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    builder.push_part(text, done..whole.len());
    Cow::Owned(builder.finish())
}
