//! Plans as JSON (`terraform show -json`) to resources.
//!
//! <https://developer.hashicorp.com/terraform/internals/json-format>

mod overlay;
mod place;
mod references;

use std::sync::Arc;

use references::{Addresses, Place};
use rustc_hash::FxHashMap;

pub use overlay::{covers, onto};

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::resource::{Call, Format, Resource, Unit};
use crate::source::FileId;
use crate::value::{Condition, Entries, Entry, Kind, Known, Origin, Reason, Type, Unknown, Value, node_to_value};

/// The most modules within each other.
const MAX_MODULE_DEPTH: usize = 64;

/// Whether a document has the shape of a plan.
pub fn is_plan(document: &Node) -> bool {
    document.get("planned_values").is_some_and(Node::is_mapping) && document.get("format_version").is_some()
}

/// The resources that a plan leaves in place or creates, with spans in the plan's text.
///
/// What is known after deployment only is unknown; where the plan's configuration says that it is another resource's
/// attribute, it is known as such.
pub fn evaluate(document: &Node, file: FileId) -> (Unit, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    let planned = document.get("planned_values");
    let prior = document.get("prior_state").and_then(|state| state.get("values"));
    for (values, only_data) in [(planned, false), (prior, true)] {
        if let Some(root) = values.and_then(|values| values.get("root_module")) {
            collect(root, only_data, 0, &mut found, &mut diagnostics);
        }
    }
    let addresses: Addresses = found.iter().filter_map(|(_, resource)| resource.get("address")?.as_str()).collect();
    let changes = changes(document);
    let configuration = document.get("configuration").and_then(|configuration| configuration.get("root_module"));
    let resources = found.into_iter().filter_map(|(module, node)| {
        let address = node.get("address")?.as_str()?;
        let place = Place::new(configuration, module, &addresses, address);
        resource(node, module, changes.get(address).copied(), &place)
    });
    let resources: Vec<Resource> = resources.collect();
    let place = place::of(document, &resources);
    let unit = Unit { format: Format::Plan, files: vec![file], resources, constraints: Vec::new(), place };
    (unit, diagnostics)
}

/// The resources of a module and those within it, each with its module's address. Of the prior state only data sources
/// are taken: what they read is known, and the planned values do not repeat it.
fn collect<'n>(
    module: &'n Node,
    only_data: bool,
    depth: usize,
    found: &mut Vec<(&'n str, &'n Node)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let address = module.get("address").and_then(Node::as_str).unwrap_or("");
    let resources = module.get("resources").map(Node::items).unwrap_or_default();
    let wanted = |node: &&Node| !only_data || node.get("mode").and_then(Node::as_str) == Some("data");
    found.extend(resources.iter().filter(wanted).map(|resource| (address, resource)));
    for child in module.get("child_modules").map(Node::items).unwrap_or_default() {
        if depth >= MAX_MODULE_DEPTH {
            diagnostics.push(Diagnostic::error(Code::Limit, "modules are nested too deeply", child.span));
            return;
        }
        collect(child, only_data, depth + 1, found, diagnostics);
    }
}

/// The planned changes by address.
fn changes(document: &Node) -> FxHashMap<&str, &Node> {
    let changes = document.get("resource_changes").map(Node::items).unwrap_or_default();
    changes.iter().filter_map(|change| Some((change.get("address")?.as_str()?, change.get("change")?))).collect()
}

fn resource(node: &Node, module: &str, change: Option<&Node>, place: &Place) -> Option<Resource> {
    let entry = node.entry("address")?;
    let (address, ty) = (entry.value.as_str()?, node.get("type")?.as_str()?);
    let configured = place.resource().and_then(|resource| resource.get("expressions"));
    let part = Part {
        value: node.get("values"),
        unknown: change.and_then(|change| change.get("after_unknown")),
        sensitive: node.get("sensitive_values"),
        configured,
    };
    let header = entry.key_span.to(entry.value.span);
    Some(Resource {
        address: address.into(),
        ty: ty.into(),
        data: node.get("mode").and_then(Node::as_str) == Some("data"),
        header,
        span: node.span,
        values: part.evaluate(&Path { address, attribute: String::new() }, place),
        is_used: false,
        meta: Value::object(Entries::default()),
        exists: Condition::Constant(true),
        calls: calls(module, header),
        label: None,
        made_from: None,
    })
}

/// The calls that lead to a module, by its address.
fn calls(module: &str, span: crate::source::Span) -> Vec<Call> {
    let ends = references::module_ends(module);
    ends.into_iter().map(|end| Call { address: module[..end].into(), span }).collect()
}

/// Where a part is: the resource and the attribute's names joined by dots.
struct Path<'p> {
    address: &'p str,
    attribute: String,
}

/// One part of a resource in the four trees that describe it.
#[derive(Clone, Copy)]
struct Part<'n> {
    value: Option<&'n Node>,
    unknown: Option<&'n Node>,
    sensitive: Option<&'n Node>,
    configured: Option<&'n Node>,
}

impl Part<'_> {
    fn evaluate(&self, path: &Path, place: &Place) -> Value {
        let sensitive = matches!(self.sensitive.map(|node| &node.kind), Some(NodeKind::Bool(true)));
        if let Some(Node { kind: NodeKind::Bool(true), span }) = self.unknown {
            return self.unknown_at(path, place).with_origin(Origin::at(*span)).mark(sensitive);
        }
        let Some(node) = self.value else {
            // Only known as not known in part: the parts.
            return match self.unknown {
                Some(node) => self.container(node, path, place),
                None => Value::null(),
            };
        };
        self.container(node, path, place).mark(sensitive)
    }

    fn container(&self, node: &Node, path: &Path, place: &Place) -> Value {
        match &node.kind {
            NodeKind::Mapping(_) => Value::object(self.entries(path, place)).with_origin(Origin::at(node.span)),
            NodeKind::Sequence(items) => {
                let more = self.unknown.map(|node| node.items().len()).unwrap_or_default();
                let count = items.len().max(more);
                let items = (0..count).map(|index| self.item(index).evaluate(path, place)).collect();
                Value::list(items).with_origin(Origin::at(node.span))
            }
            _ => node_to_value(node),
        }
    }

    fn entries(&self, path: &Path, place: &Place) -> Entries {
        let mut entries = Entries::default();
        let given = self.value.map(Node::entries).unwrap_or_default();
        // An empty mapping or list stands for "nothing in here is unknown"; `false` likewise.
        let unknown = self.unknown.map(Node::entries).unwrap_or_default();
        let unknown = unknown.iter().filter(|entry| says_unknown(&entry.value));
        for entry in given.iter().chain(unknown) {
            let name = entry.key.as_str();
            if entries.contains_key(name) {
                continue;
            }
            let attribute = match path.attribute.as_str() {
                "" => name.to_owned(),
                outer => format!("{outer}.{name}"),
            };
            let value = self.member(name).evaluate(&Path { address: path.address, attribute }, place);
            let entry = Entry { key: Some(entry.key_span), place: Some(entry.value.span), value };
            entries.insert(name.into(), entry);
        }
        entries
    }

    fn member(&self, name: &str) -> Self {
        Part {
            value: self.value.and_then(|node| node.get(name)),
            unknown: self.unknown.and_then(|node| node.get(name)),
            sensitive: self.sensitive.and_then(|node| node.get(name)),
            configured: self.configured.and_then(|node| if is_expression(node) { Some(node) } else { node.get(name) }),
        }
    }

    fn item(&self, index: usize) -> Self {
        Part {
            value: self.value.and_then(|node| node.items().get(index)),
            unknown: self.unknown.and_then(|node| node.items().get(index)),
            sensitive: self.sensitive.and_then(|node| node.items().get(index)),
            configured: self.configured.and_then(|node| match &node.kind {
                NodeKind::Sequence(items) => items.get(index).or_else(|| items.first()),
                _ => Some(node),
            }),
        }
    }

    /// An attribute that is known after deployment.
    fn unknown_at(&self, path: &Path, place: &Place) -> Value {
        let name: Arc<str> = format!("{}.{}", path.address, path.attribute).into();
        let reference = self.configured.filter(|node| is_expression(node)).and_then(|node| place.reference(node));
        let unknown = match reference {
            Some(reference) => {
                let computed: Arc<str> = format!("{}.{}", reference.address, reference.attribute).into();
                Unknown::new(Reason::Computed(computed)).typed(Type::Dynamic).known(Known::Reference(reference))
            }
            None => Unknown::new(Reason::Computed(name)),
        };
        Value::new(Kind::Unknown(Arc::new(unknown)), Origin::none())
    }
}

/// Whether a node of the configuration is an expression rather than a block's inside.
fn is_expression(node: &Node) -> bool {
    node.get("references").is_some() || node.get("constant_value").is_some()
}

/// Whether a part of `after_unknown` says that anything in it is unknown.
fn says_unknown(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Bool(unknown) => *unknown,
        NodeKind::Sequence(items) => items.iter().any(says_unknown),
        NodeKind::Mapping(entries) => entries.iter().any(|entry| says_unknown(&entry.value)),
        _ => false,
    }
}
