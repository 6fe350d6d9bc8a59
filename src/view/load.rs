//! View files to [`View`]s.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::model::{Default, Each, Holder, Join, Location, Part, Path, Setting, SettingType, Shape, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::fields::{not_a_list, not_a_mapping, unknown_keys};
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
        self.diagnostics.extend(unknown_keys(root, &["view", "title", "resources", "settings"], "view"));
        if let Some(title) = root.get("title").filter(|title| title.as_str().is_none()) {
            self.mistake("`title` must be a string", title);
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
        self.diagnostics.extend(not_a_mapping(node, "resources"));
        let shape = |entry: &Entry| {
            self.diagnostics.extend(not_a_mapping(&entry.value, entry.key.as_str()));
            self.diagnostics.extend(unknown_keys(&entry.value, &["names", "parts"], "resource"));
            let names = entry.value.get("names").map_or_else(Vec::new, |node| self.strings("names", node));
            Shape {
                ty: entry.key.shared(),
                names: names.into_iter().map(Path::parse).collect(),
                parts: self.parts(entry.value.get("parts")),
            }
        };
        node.entries().iter().map(shape).collect()
    }

    fn parts(&mut self, node: Option<&Node>) -> Vec<Part> {
        let Some(node) = node else { return Vec::new() };
        self.diagnostics.extend(not_a_mapping(node, "parts"));
        let mut parts = Vec::new();
        for entry in node.entries() {
            self.diagnostics.extend(unknown_keys(&entry.value, &["type", "by", "from", "all", "alone"], "part"));
            for (key, flag) in ["all", "alone"].iter().filter_map(|key| Some((key, entry.value.get(key)?))) {
                if !matches!(flag.kind, NodeKind::Bool(_)) {
                    self.mistake(format!("`{key}` must be true or false"), flag);
                }
            }
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
        self.diagnostics.extend(not_a_mapping(node, "settings"));
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
        self.diagnostics.extend(not_a_mapping(&entry.value, entry.key.as_str()));
        for part in entry.value.entries() {
            match part.key.as_str() {
                "type" => match part.value.as_str().and_then(SettingType::parse) {
                    Some(ty) => setting.ty = ty,
                    None => self.mistake("no such type of setting", &part.value),
                },
                "default" => setting.default = default(&part.value),
                "defaults" => {
                    self.diagnostics.extend(not_a_mapping(&part.value, "defaults"));
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
                "values" => {
                    self.diagnostics.extend(not_a_list(&part.value, "values"));
                    setting.values = part.value.items().iter().filter_map(|item| self.literal(item)).collect();
                }
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
                let map = node.get("map").map(|map| self.mapping(map)).unwrap_or_default();
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

    /// The strings of a list.
    fn strings<'n>(&mut self, key: &str, node: &'n Node) -> Vec<&'n str> {
        self.diagnostics.extend(not_a_list(node, key));
        let string = |item: &'n Node| {
            if item.as_str().is_none() {
                self.mistake(format!("`{key}` must hold strings"), item);
            }
            item.as_str()
        };
        node.items().iter().filter_map(string).collect()
    }

    fn literal(&mut self, node: &Node) -> Option<Literal> {
        let literal = literal(node);
        if literal.is_none() {
            self.mistake("a value is true or false, a string or a number", node);
        }
        literal
    }

    fn mapping(&mut self, node: &Node) -> BTreeMap<Literal, Literal> {
        self.diagnostics.extend(not_a_mapping(node, "map"));
        let key = |text: &str| match text {
            "true" => Literal::Bool(true),
            "false" => Literal::Bool(false),
            text => Literal::String(text.into()),
        };
        let entries = node.entries().iter();
        entries.filter_map(|entry| Some((key(entry.key.as_str()), self.literal(&entry.value)?))).collect()
    }
}

fn location(holder: Holder, path: Option<&str>) -> Location {
    Location { holder, path: path.map(Path::parse), map: BTreeMap::new() }
}

fn literal(node: &Node) -> Option<Literal> {
    match &node.kind {
        NodeKind::Bool(value) => Some(Literal::Bool(*value)),
        NodeKind::String(text) => Some(Literal::String(text.shared())),
        NodeKind::Number(number) => Some(Literal::String(Number::parse(number)?.to_string().into())),
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn what_is_not_read_is_a_mistake_at_its_place() {
        let text = "view: x\nresources:\n  a: {names: name, partz: {}}\n  b:\n    parts: {p: {type: t, by: q, alon: false}, \
                    r: {type: t, by: q, all: some}}\n  c: [1]\nsettings:\n  s: {values: 7}\n  t: {values: [{}], a: {path: z, map: [1, 2]}}\n  u: 1\n";
        let source = Source::new(FileId(0), "x.view.yaml", text);
        let (view, mistakes) = load(&source);
        assert!(view.is_some());
        let places: Vec<&str> = mistakes.iter().filter_map(|told| Some(source.slice(told.span?))).collect();
        for place in ["name", "partz", "alon", "some", "[1]", "7", "{}", "[1, 2]", "1"] {
            assert!(places.contains(&place), "{place}: {places:?}");
        }
        assert_eq!(places.len(), 9, "{mistakes:?}");
    }
}
