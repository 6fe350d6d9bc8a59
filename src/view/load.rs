//! View files to [`View`]s.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::model::{Default, Each, Holder, Join, Location, Part, Path, Setting, SettingType, Shape, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::parse::yaml;
use crate::source::Source;
use crate::value::{Literal, Number, Origin, node_to_value};

/// Reads a view file. `None` if not even its name can be told; every mistake is a diagnostic with its place.
///
/// ```yaml
/// view: aws.sqs.queue
/// title: SQS queue
/// resources:
///   aws_sqs_queue: { names: [name, url] }
///   AWS::SQS::Queue: { names: [QueueName] }
/// settings:
///   encryption.key:
///     type: key
///     aws_sqs_queue: kms_master_key_id
///     AWS::SQS::Queue: KmsMasterKeyId
/// ```
pub fn load(source: &Source) -> (Option<View>, Vec<Diagnostic>) {
    let (documents, mut diagnostics) = yaml::parse(source);
    let Some(root) = documents.first() else {
        return (None, diagnostics);
    };
    let (view, mut mistakes) = from_node(root);
    diagnostics.append(&mut mistakes);
    (view, diagnostics)
}

/// Reads a view that is parsed already: see [`load`].
pub fn from_node(root: &Node) -> (Option<View>, Vec<Diagnostic>) {
    let mut loader = Loader { shapes: Vec::new(), diagnostics: Vec::new() };
    let view = loader.view(root);
    (view, loader.diagnostics)
}

struct Loader {
    shapes: Vec<Shape>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    fn mistake(&mut self, message: impl Into<String>, node: &Node) {
        self.diagnostics.push(Diagnostic::error(Code::Rule, message, node.span));
    }

    fn view(&mut self, root: &Node) -> Option<View> {
        let Some(name) = root.get("view").and_then(Node::as_str) else {
            self.mistake("a view file starts with `view: NAME`", root);
            return None;
        };
        for entry in root.entries() {
            if !matches!(entry.key.as_str(), "view" | "title" | "resources" | "settings") {
                self.diagnostics.push(Diagnostic::error(
                    Code::Rule,
                    format!("unknown key `{}` in a view (known: view, title, resources, settings)", entry.key),
                    entry.key_span,
                ));
            }
        }
        self.shapes = root.get("resources").map_or_else(Vec::new, |node| self.resources(node));
        let settings = root.get("settings").map_or_else(IndexMap::default, |node| self.settings(node));
        Some(View {
            name: name.into(),
            title: root.get("title").and_then(Node::as_str).unwrap_or(name).into(),
            shapes: std::mem::take(&mut self.shapes),
            settings,
            span: root.span,
            roles: OnceLock::new(),
        })
    }

    fn resources(&mut self, node: &Node) -> Vec<Shape> {
        node.entries()
            .iter()
            .map(|entry| Shape {
                ty: entry.key.shared(),
                names: strings(entry.value.get("names")).map(Path::parse).collect(),
                parts: self.parts(entry.value.get("parts")),
            })
            .collect()
    }

    fn parts(&mut self, node: Option<&Node>) -> Vec<Part> {
        let Some(node) = node else { return Vec::new() };
        let mut parts = Vec::new();
        for entry in node.entries() {
            let ty = entry.value.get("type").and_then(Node::as_str);
            let path = |key: &str| entry.value.get(key).and_then(Node::as_str).map(Path::parse);
            let flag = |key: &str| entry.value.get(key).and_then(|node| node_to_value(node).as_bool());
            let always = (flag("all") == Some(true)).then_some(Join::Always);
            let join = path("by").map(Join::NamesMain).or_else(|| path("from").map(Join::NamedByMain)).or(always);
            let (Some(ty), Some(join)) = (ty, join) else {
                let message = "a part has a `type`, and `by` (its attribute), `from` (the main one's) or `all: true`";
                self.mistake(message, &entry.value);
                continue;
            };
            let alone = matches!(join, Join::NamesMain(_)) && flag("alone") != Some(false);
            parts.push(Part { name: entry.key.shared(), ty: ty.into(), join, alone });
        }
        parts
    }

    fn settings(&mut self, node: &Node) -> IndexMap<Arc<str>, Setting> {
        node.entries().iter().map(|entry| (entry.key.shared(), self.setting(entry))).collect()
    }

    fn setting(&mut self, entry: &Entry) -> Setting {
        let mut setting = Setting {
            ty: SettingType::String,
            locations: vec![Vec::new(); self.shapes.len()],
            default: Default::Absent,
            defaults: BTreeMap::new(),
            each: Each::No,
            values: Vec::new(),
            items: IndexMap::default(),
            span: entry.key_span,
        };
        for part in entry.value.entries() {
            match part.key.as_str() {
                "type" => match part.value.as_str().and_then(SettingType::parse) {
                    Some(ty) => setting.ty = ty,
                    None => self.mistake("no such type of setting", &part.value),
                },
                "default" => setting.default = default(&part.value),
                "defaults" => {
                    for entry in part.value.entries() {
                        match self.shape(entry.key.as_str()) {
                            Some(shape) => drop(setting.defaults.insert(shape, default(&entry.value))),
                            None => self.mistake("not a resource type of this view", &entry.value),
                        }
                    }
                }
                "each" => match (part.value.as_str(), &part.value.kind) {
                    (Some("present"), _) => setting.each = Each::Present,
                    (_, NodeKind::Bool(true)) => setting.each = Each::All,
                    _ => self.mistake("`each` is true or present", &part.value),
                },
                "values" => setting.values = part.value.items().iter().filter_map(literal).collect(),
                "items" => setting.items = self.settings(&part.value),
                ty => match self.shape(ty) {
                    Some(shape) => self.locations(&part.value, &mut setting.locations[shape]),
                    None => self.diagnostics.push(Diagnostic::error(
                        Code::Rule,
                        format!(
                            "`{ty}` is neither a resource type of this view nor type, default, defaults, each, values or items"
                        ),
                        part.key_span,
                    )),
                },
            }
        }
        if setting.ty == SettingType::Bool && setting.values.is_empty() {
            setting.values = vec![Literal::Bool(true), Literal::Bool(false)];
        }
        setting
    }

    /// The number of the shape for a resource type.
    fn shape(&self, ty: &str) -> Option<usize> {
        self.shapes.iter().position(|shape| &*shape.ty == ty)
    }

    /// `path`, `null` (no such setting here), `{part: path}`, or a list of these; `map` may stand beside.
    fn locations(&mut self, node: &Node, into: &mut Vec<Location>) {
        match &node.kind {
            NodeKind::Sequence(items) => items.iter().for_each(|item| self.locations(item, into)),
            NodeKind::String(path) => into.push(location(Holder::Main, Some(path.as_str()))),
            NodeKind::Null => into.push(location(Holder::Main, None)),
            NodeKind::Mapping(entries) => {
                let map = node.get("map").map(mapping).unwrap_or_default();
                for entry in entries.iter().filter(|entry| entry.key.as_str() != "map") {
                    let holder = match entry.key.as_str() {
                        "path" => Holder::Main,
                        "meta" => Holder::Meta,
                        _ => Holder::Part(entry.key.shared()),
                    };
                    let mut parts = self.shapes.iter().flat_map(|shape| &shape.parts);
                    let known = match &holder {
                        Holder::Part(name) => parts.any(|part| part.name == *name),
                        Holder::Main | Holder::Meta => true,
                    };
                    match entry.value.as_str() {
                        Some(path) if known => into.push(Location { map: map.clone(), ..location(holder, Some(path)) }),
                        _ => self.mistake("a location is a path, or `PART: path` with a part of this view", node),
                    }
                }
            }
            _ => self.mistake("a location is a path, or `PART: path` with a part of this view", node),
        }
    }
}

fn location(holder: Holder, path: Option<&str>) -> Location {
    Location { holder, path: path.map(Path::parse), map: BTreeMap::new() }
}

fn strings(node: Option<&Node>) -> impl Iterator<Item = &str> {
    node.map(Node::items).unwrap_or(&[]).iter().filter_map(Node::as_str)
}

fn literal(node: &Node) -> Option<Literal> {
    match &node.kind {
        NodeKind::Bool(value) => Some(Literal::Bool(*value)),
        NodeKind::String(text) => Some(Literal::String(text.shared())),
        NodeKind::Number(number) => Some(Literal::String(Number::parse(number)?.to_string().into())),
        _ => None,
    }
}

fn mapping(node: &Node) -> BTreeMap<Literal, Literal> {
    let key = |text: &str| match text {
        "true" => Literal::Bool(true),
        "false" => Literal::Bool(false),
        text => Literal::String(text.into()),
    };
    node.entries().iter().filter_map(|entry| Some((key(entry.key.as_str()), literal(&entry.value)?))).collect()
}

fn default(node: &Node) -> Default {
    if let Some(why) = node.get("unknown").and_then(Node::as_str) {
        return Default::Unknown(why.into());
    }
    match &node.kind {
        NodeKind::Null => Default::Absent,
        _ => Default::Value(node_to_value(node).with_origin(Origin::none())),
    }
}
