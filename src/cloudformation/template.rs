//! The sections of a template.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::value::Map;

/// The entries of a section by name; of two with the same name the last one.
pub(super) type Section<'a> = IndexMap<&'a str, &'a Entry, FxBuildHasher>;

/// A template by its sections.
pub(super) struct Template<'a> {
    /// `Parameters`
    pub(super) parameters: Section<'a>,
    /// `Mappings`
    pub(super) mappings: Section<'a>,
    /// `Conditions`
    pub(super) conditions: Section<'a>,
    /// `Rules`
    pub(super) rules: Section<'a>,
    /// `Resources`
    pub(super) resources: Section<'a>,
    /// `Outputs`
    pub(super) outputs: Section<'a>,
    /// The name of a macro or transform that is not applied and may bring further entries of the sections.
    pub(super) unseen: Option<&'a str>,
}

/// The transforms that are applied to whole templates; `AWS::Include` is where its snippet can be read.
pub(super) const APPLIED: [&str; 2] = ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"];

impl<'a> Template<'a> {
    /// The sections of `root`. A section that is no mapping counts as absent.
    pub(super) fn new(root: &'a Node, diagnostics: &mut Vec<Diagnostic>) -> Self {
        if !root.is_mapping() {
            diagnostics.push(Diagnostic::error(Code::Template, "a template must be a mapping", root.span));
        }
        // A transform may bring them.
        if root.is_mapping() && root.get("Resources").is_none() && root.get("Transform").is_none() {
            diagnostics.push(Diagnostic::error(Code::Template, "the template has no Resources", root.span));
        }
        let mut section = |name| section(root, name, diagnostics);
        Template {
            parameters: section("Parameters"),
            mappings: section("Mappings"),
            conditions: section("Conditions"),
            rules: section("Rules"),
            resources: section("Resources"),
            outputs: section("Outputs"),
            unseen: unseen(root),
        }
    }
}

fn unseen(root: &Node) -> Option<&str> {
    let whole = transforms(root).into_iter().map(|(name, _)| name).find(|name| !APPLIED.contains(name));
    let sections = ["Parameters", "Mappings", "Conditions", "Resources"].into_iter().filter_map(|name| root.get(name));
    let call = || std::iter::once(root).chain(sections).find_map(|node| node.get(Map::UNSEEN));
    whole.or_else(|| call().map(macro_name))
}

fn section<'a>(root: &'a Node, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Section<'a> {
    match root.get(name) {
        None => Section::default(),
        Some(Node { kind: NodeKind::Mapping(entries), .. }) => {
            entries.iter().map(|entry| (entry.key.as_str(), entry)).collect()
        }
        Some(Node { kind: NodeKind::Null, .. }) if name != "Resources" => Section::default(),
        Some(other) => {
            let message = format!("{name} must be a mapping, not {}", kind_name(other));
            diagnostics.push(Diagnostic::error(Code::Template, message, other.span));
            Section::default()
        }
    }
}

/// What a node is, for messages.
pub(super) fn kind_name(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Null => "null",
        NodeKind::Bool(_) => "a boolean",
        NodeKind::Number(_) => "a number",
        NodeKind::String(_) => "a string",
        NodeKind::Sequence(_) => "a list",
        NodeKind::Mapping(_) => "a mapping",
    }
}

/// The names of the transforms that a template asks for, with their places: `Transform` as a string, a list, or the
/// long form with `Name`.
pub(super) fn transforms(root: &Node) -> Vec<(&str, &Node)> {
    fn name(node: &Node) -> Option<(&str, &Node)> {
        node.as_str().or_else(|| node.get("Name")?.as_str()).map(|name| (name, node))
    }
    match root.get("Transform") {
        None => Vec::new(),
        Some(Node { kind: NodeKind::Sequence(items), .. }) => items.iter().filter_map(name).collect(),
        Some(one) => name(one).into_iter().collect(),
    }
}

/// The call of a macro: the argument of `Fn::Transform`, or the only item of the list that it may be as well.
pub(super) fn macro_call(argument: &Node) -> &Node {
    match argument.items() {
        [only] => only,
        _ => argument,
    }
}

/// The name of the macro in the argument of `Fn::Transform`.
pub(super) fn macro_name(argument: &Node) -> &str {
    macro_call(argument).get("Name").and_then(Node::as_str).unwrap_or(Map::UNSEEN)
}

/// The function of an intrinsic (`Ref`, `Fn::Sub`, …) with its argument, if a node is a mapping of the one entry that
/// makes it one.
pub(super) fn intrinsic(node: &Node) -> Option<(&str, &Node)> {
    let [entry] = node.entries() else { return None };
    let name = entry.key.as_str();
    (name == "Ref" || name.starts_with("Fn::")).then_some((name, &entry.value))
}
