//! Reads metadata out of its YAML tree, blaming each mistake on its place.

use serde_json::Value as Json;

use super::metadata::{Parameter, ParameterType, Recipe, Subject, Tags};
use super::remediation::Remediation;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::fields::unknown_keys;
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::suggest::did_you_mean;

/// One mapping that is being read, with what was wrong with it so far.
pub(super) struct Reader<'a> {
    node: &'a Node,
    block: Span,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(node: &'a Node, block: Span) -> Self {
        let mut reader = Reader { node, block, diagnostics: Vec::new() };
        if !node.is_mapping() {
            reader.error(block, "metadata must be a mapping");
        }
        reader
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(Code::Rule, message, span));
    }

    /// Reports keys that are not in `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        self.diagnostics.extend(unknown_keys(self.node, known, "metadata"));
    }

    /// The value under a key that must be there.
    pub(super) fn required(&mut self, key: &str) -> Option<&'a Node> {
        let value = self.node.get(key);
        if value.is_none() {
            self.error(self.block, format!("metadata lacks `{key}`"));
        }
        value
    }

    /// The string under a key that must be there and not be empty.
    pub(super) fn required_string(&mut self, key: &str) -> Option<String> {
        let node = self.required(key)?;
        match node.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_string()),
            _ => {
                self.error(node.span, format!("`{key}` must be a string that is not empty"));
                None
            }
        }
    }

    /// Whether an id is in kebab case; reports it if not.
    pub(super) fn kebab_case(&mut self, key: &str, id: &str) -> bool {
        let fits = id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        if !fits {
            let span = self.node.get(key).map_or(self.block, |node| node.span);
            self.error(span, format!("`{id}` is no rule id: use lower-case words joined by `-`"));
        }
        fits
    }

    /// One of some names. Without a fallback the key must be there.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, names: &[(&str, T)], fallback: Option<T>) -> Option<T> {
        let node = match (self.node.get(key), fallback) {
            (None, Some(fallback)) => return Some(fallback),
            _ => self.required(key)?,
        };
        let found = node.as_str().and_then(|text| names.iter().find(|(name, _)| *name == text));
        if found.is_none() {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let mut diagnostic = Diagnostic::error(
                Code::Rule,
                format!(
                    "`{key}` must be one of {}",
                    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
                ),
                node.span,
            );
            diagnostic.help = node.as_str().and_then(|text| did_you_mean(text, names.iter().copied()));
            self.diagnostics.push(diagnostic);
        }
        found.map(|(_, value)| *value)
    }

    /// `view` or `resources`.
    pub(super) fn subject(&mut self) -> Option<Subject> {
        match (self.node.get("view"), self.node.get("resources")) {
            (Some(_), None) => self.required_string("view").map(Subject::View),
            (None, Some(node)) => Some(Subject::Resources(self.strings("resources", node))),
            (Some(_), Some(both)) => {
                self.error(both.span, "a rule has either `view` or `resources`");
                None
            }
            (None, None) => {
                self.error(self.block, "metadata lacks `view` (or `resources`)");
                None
            }
        }
    }

    /// `remediation`: one text for all formats, or one for each language.
    pub(super) fn remediation(&mut self) -> Option<Remediation> {
        let node = self.required("remediation")?;
        if !node.is_mapping() {
            return self.required_string("remediation").map(Remediation::Any);
        }
        let mut inner = Reader::new(node, node.span);
        inner.only(&Remediation::LANGUAGES);
        let [terraform, cloudformation] = Remediation::LANGUAGES.map(|language| inner.required_string(language));
        self.diagnostics.append(&mut inner.diagnostics);
        Some(Remediation::ByLanguage { terraform: terraform?, cloudformation: cloudformation? })
    }

    /// A list of strings; anything else in it is reported.
    fn strings(&mut self, key: &str, node: &'a Node) -> Vec<String> {
        if !matches!(node.kind, NodeKind::Sequence(_)) {
            self.error(node.span, format!("`{key}` must be a list"));
        }
        let mut strings = Vec::new();
        for item in node.items() {
            match &item.kind {
                NodeKind::String(text) => strings.push(text.as_str().to_string()),
                NodeKind::Number(number) => strings.push(number.to_string()),
                _ => self.error(item.span, format!("`{key}` must hold strings")),
            }
        }
        strings
    }

    /// Names grouped under names.
    pub(super) fn tags(&mut self, key: &str) -> Tags {
        let Some(node) = self.node.get(key) else { return Tags::default() };
        if !node.is_mapping() {
            self.error(node.span, format!("`{key}` must be a mapping of lists"));
        }
        let groups = node.entries().iter();
        Tags(groups.map(|group| (group.key.as_str().to_string(), self.strings(key, &group.value))).collect())
    }

    /// OPA's `related_resources`: strings, or mappings with `ref`.
    /// Names of other rules.
    pub(super) fn rules(&mut self, key: &str) -> Vec<String> {
        self.node.get(key).map_or_else(Vec::new, |node| self.strings(key, node))
    }

    pub(super) fn links(&mut self, key: &str) -> Vec<String> {
        let items = self.node.get(key).map_or(&[][..], Node::items);
        let mut links = Vec::new();
        for item in items {
            match item.as_str().or_else(|| item.get("ref").and_then(Node::as_str)) {
                Some(link) if link.starts_with("https://") => links.push(link.to_string()),
                _ => self.error(item.span, "a related resource must be an `https://` link"),
            }
        }
        links
    }

    /// `fix: { set: { SETTING: VALUE }, safe: BOOL }`.
    pub(super) fn recipe(&mut self) -> Option<Recipe> {
        let node = self.node.get("fix")?;
        let mut inner = Reader::new(node, node.span);
        inner.only(&["set", "safe"]);
        let set = inner.required("set").map(json);
        let safe = matches!(node.get("safe").map(|node| &node.kind), Some(NodeKind::Bool(true)));
        self.diagnostics.append(&mut inner.diagnostics);
        match set {
            Some(Json::Object(set)) if !set.is_empty() => Some(Recipe { set, safe }),
            _ => {
                self.error(node.span, "`fix.set` must map settings to values");
                None
            }
        }
    }

    /// `parameters: { NAME: { type, description, default } }`.
    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let entries = self.node.get("parameters").map_or(&[][..], Node::entries);
        let mut parameters = Vec::new();
        for entry in entries {
            let mut inner = Reader::new(&entry.value, entry.key_span);
            inner.only(&["type", "description", "default"]);
            let ty = inner.choice("type", &ParameterType::NAMES, None);
            let (description, default) = (inner.required_string("description"), inner.required("default"));
            if let (Some(ty), Some(description), Some(node)) = (ty, description, default) {
                let (name, default) = (entry.key.as_str().to_string(), json(node));
                if ty.takes(&default) {
                    parameters.push(Parameter { name, ty, description, default });
                } else {
                    inner.error(node.span, format!("the default of `{name}` must be {}", ty.phrase()));
                }
            }
            self.diagnostics.append(&mut inner.diagnostics);
        }
        parameters
    }
}

/// A tree as JSON. The parsers bound its depth.
fn json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Null => Json::Null,
        NodeKind::Bool(value) => Json::Bool(*value),
        NodeKind::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| Json::String(number.to_string())),
        NodeKind::String(text) => Json::String(text.as_str().to_string()),
        NodeKind::Sequence(items) => Json::Array(items.iter().map(json).collect()),
        NodeKind::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.as_str().to_string(), json(&entry.value))).collect())
        }
    }
}
