//! The course of the transform: what is done to a template in which order, and what is known on the way.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::build::At;
use super::deployment::Deployments;
use super::edit::Edit;
use super::intrinsics::{self, Parameters};
use super::origins::Origins;
use super::reject::{Outcome, Reject};
use super::resource::Resource;
use super::{Inputs, Transformed};
use super::{
    api, application, capacity_provider, connector, function, globals, graphql, http_api, implicit, layer, references,
    schema, simple_table, state_machine, tags, web_socket_api,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::Map;

/// A template on its way through the transform.
pub(super) struct Translation<'a> {
    /// What was given beside the template.
    pub(super) inputs: &'a Inputs,
    /// The template without its resources.
    pub(super) root: Node,
    /// The resources, from the source and generated, by logical id.
    pub(super) resources: IndexMap<String, Node>,
    /// The keys of the resources in the source.
    keys: FxHashMap<String, Entry>,
    /// The logical ids in the source.
    declared: FxHashSet<String>,
    /// The types of the resources in the source, embedded connectors included.
    kinds: FxHashMap<String, String>,
    /// Values of parameters, with the region and the partition.
    pub(super) parameters: Parameters,
    /// Logical ids that changed.
    pub(super) renamed: FxHashMap<String, String>,
    /// What stands for `${id.name}` of a source resource: the logical id of a generated one.
    pub(super) references: FxHashMap<(String, String), String>,
    /// Gradual deployments of functions.
    pub(super) deployments: Deployments,
    /// The usage plan that APIs share.
    pub(super) usage_plan: api::SharedUsagePlan,
    /// Record sets for domains of APIs, by the logical id of their group.
    pub(super) record_sets: IndexMap<String, Resource>,
    /// What generated resources are made from.
    pub(super) origins: Origins,
    /// Where events stand of which it has been said why they are refused.
    pub(super) refused_events: FxHashSet<Span>,
    rejects: Vec<Reject>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Translation<'a> {
    /// Takes a template apart.
    pub(super) fn new(mut template: Node, inputs: &'a Inputs) -> Self {
        let mut resources = IndexMap::new();
        let mut keys = FxHashMap::default();
        let mut rejects = Vec::new();
        let origins = Origins::new(template.get("Resources"));
        match template.remove("Resources") {
            Some(node) => {
                if !node.is_mapping() || node.entries().is_empty() {
                    rejects.push(Reject::new(node.span, "'Resources' must be a mapping with entries"));
                }
                if let NodeKind::Mapping(entries) = node.kind {
                    for entry in entries {
                        let id = entry.key.as_str().to_owned();
                        let Entry { key, key_span, value } = entry;
                        let emptied = Node::new(value.span, NodeKind::Null);
                        keys.insert(id.clone(), Entry { key, key_span, value: emptied });
                        resources.insert(id, value);
                    }
                }
            }
            None => rejects.push(Reject::new(template.span, "The template has no 'Resources'")),
        }
        let parameters = parameters(&template, inputs);
        Translation {
            inputs,
            root: template,
            kinds: FxHashMap::default(),
            declared: resources.keys().cloned().collect(),
            resources,
            keys,
            parameters,
            renamed: FxHashMap::default(),
            references: FxHashMap::default(),
            deployments: Deployments::default(),
            usage_plan: api::SharedUsagePlan::default(),
            record_sets: IndexMap::new(),
            origins,
            refused_events: FxHashSet::default(),
            rejects,
            warnings: Vec::new(),
        }
    }

    /// Does all there is to do.
    pub(super) fn run(mut self) -> (Transformed, Vec<Diagnostic>) {
        self.check_shape();
        self.resources.values_mut().for_each(|node| intrinsics::split_get_att(node, 0));
        intrinsics::split_get_att(&mut self.root, 0);
        connector::extract_embedded(&mut self);
        implicit::prepare(&mut self);
        self.apply_globals();
        implicit::set_versions(&mut self);
        self.note_kinds();
        for id in self.in_order() {
            self.translate(&id);
        }
        self.add_deployments();
        for (_, group) in std::mem::take(&mut self.record_sets) {
            self.resources.insert(group.id.clone(), group.into_node());
        }
        references::rewrite(&mut self);
        self.finish()
    }

    /// Notes a refusal; the work goes on.
    pub(super) fn refuse(&mut self, reject: Reject) {
        self.rejects.push(reject);
    }

    /// Notes what the service accepts, but is not what the author means.
    pub(super) fn warn(&mut self, span: Span, message: impl Into<String>) {
        self.warnings.push(Diagnostic::warning(Code::Template, message, span));
    }

    /// What a step yields; a refusal is noted, and the work goes on without it.
    pub(super) fn attempt<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(reject) => {
                self.rejects.push(reject);
                None
            }
        }
    }

    /// The value with parameters resolved.
    pub(super) fn resolved(&self, node: &Node) -> Outcome<Node> {
        intrinsics::resolve_parameters(node, &self.parameters)
    }

    /// The value with parameters and mappings resolved.
    pub(super) fn fully_resolved(&self, node: &Node) -> Outcome<Node> {
        intrinsics::resolve_mappings(&self.resolved(node)?, self.root.get("Mappings"))
    }

    /// The partition that the template is deployed to.
    pub(super) fn partition(&self) -> &'a str {
        &self.inputs.partition
    }

    /// Where the key of a resource stands in the source.
    pub(super) fn key_at(&self, id: &str) -> At {
        At(self.keys.get(id).map_or(self.root.span, |entry| entry.key_span))
    }

    /// The type of a resource.
    pub(super) fn kind_of(&self, id: &str) -> Option<&str> {
        self.resources.get(id)?.get("Type")?.as_str()
    }

    /// Changes the document of an API, with the API's other properties beside it. The document is taken out for that: an
    /// API has as many changes as events. `None`: there is no document.
    pub(super) fn with_document<T>(
        &mut self,
        api: &str,
        change: impl FnOnce(&mut Self, &Node, &mut Node) -> Outcome<T>,
    ) -> Outcome<Option<T>> {
        let properties = self.resources.get_mut(api).and_then(|node| node.get_mut("Properties"));
        let Some(properties) = properties else { return Ok(None) };
        let Some(document) = properties.get_mut("DefinitionBody").filter(|document| document.is_truthy()) else {
            return Ok(None);
        };
        let nothing = document.at().null();
        let mut document = std::mem::replace(document, nothing);
        let properties = properties.clone();
        let outcome = change(self, &properties, &mut document);
        if let Some(properties) = self.resources.get_mut(api).and_then(|node| node.get_mut("Properties")) {
            properties.set("DefinitionBody", document);
        }
        outcome.map(Some)
    }

    /// Where to point for a role that `Policies` shape: there, or where the resource is declared.
    pub(super) fn policies_at(&self, id: &str, properties: &Node) -> At {
        properties.get("Policies").map_or_else(|| self.key_at(id), |policies| self.at_key(policies))
    }

    /// The place of the key of a construct in the source.
    pub(super) fn at_key(&self, construct: &Node) -> At {
        At(self.origins.key_of(construct.span))
    }

    /// Says that a resource which the source does not name is due to a construct there.
    pub(super) fn declare(&mut self, id: &str, construct: At) {
        let header = self.origins.key_of(construct.0);
        self.origins.declare(id, header);
        let entry = At(header).entry(id, At(header).null());
        self.keys.entry(id.to_owned()).or_insert(entry);
    }

    /// Where to point for a construct: its key, if it has one.
    pub(super) fn key_of(&self, construct: At) -> Span {
        self.origins.key_of(construct.0)
    }

    fn check_shape(&mut self) {
        for name in ["Mappings", "Parameters"] {
            if let Some(section) = self.root.get(name)
                && !section.is_mapping()
            {
                let reject = Reject::new(section.span, format!("'{name}' must be a mapping"));
                self.rejects.push(reject);
            }
        }
        let odd: Vec<String> =
            self.resources.iter().filter(|(_, node)| !node.is_mapping()).map(|(id, _)| id.clone()).collect();
        for id in odd {
            let span = self.key_at(&id).0;
            self.rejects.push(Reject::new(span, format!("Resource '{id}' must be a mapping")));
        }
        let properties = self.resources.iter().filter_map(|(_, node)| {
            let serverless =
                node.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::Serverless::"));
            let properties = node
                .get("Properties")
                .filter(|properties| serverless && !properties.is_null() && !properties.is_mapping())?;
            Some(Reject::new(properties.span, "'Properties' must be a mapping"))
        });
        let mut rejects: Vec<Reject> = properties.collect();
        self.rejects.append(&mut rejects);
        let conditions = self.resources.values().filter_map(|node| {
            let serverless =
                node.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::Serverless::"));
            let condition = node.get("Condition").filter(|condition| serverless && condition.as_str().is_none())?;
            Some(Reject::new(condition.span, "'Condition' must be the name of a condition"))
        });
        let mut rejects: Vec<Reject> = conditions.collect();
        self.rejects.append(&mut rejects);
    }

    fn apply_globals(&mut self) {
        let Some(mut globals) = self.root.remove("Globals") else { return };
        self.rejects.append(&mut globals::keep_supported(&mut globals));
        for node in self.resources.values_mut() {
            let Some(kind) = node.get("Type").and_then(Node::as_str).map(str::to_owned) else { continue };
            if kind.starts_with("AWS::Serverless::")
                && node.get("Properties").is_none_or(|properties| properties.is_mapping() || properties.is_null())
                && let Err(reject) = globals::apply(&globals, &kind, node)
            {
                self.rejects.push(reject);
            }
        }
    }

    fn note_kinds(&mut self) {
        let kinds =
            self.resources.iter().filter_map(|(id, node)| Some((id.clone(), node.get("Type")?.as_str()?.to_owned())));
        self.kinds = kinds.collect();
    }

    /// The type of a resource as the source has it.
    pub(super) fn written_kind(&self, id: &str) -> Option<String> {
        self.kinds.get(id).cloned().or_else(|| self.kind_of(id).map(str::to_owned))
    }

    /// The serverless resources in the order in which they are transformed: what adds to others comes before them.
    fn in_order(&self) -> Vec<String> {
        let rank = |id: &String| match self.kind_of(id) {
            Some("AWS::Serverless::Function") => Some(0),
            Some("AWS::Serverless::StateMachine") => Some(1),
            Some("AWS::Serverless::Api" | "AWS::Serverless::HttpApi" | "AWS::Serverless::WebSocketApi") => Some(2),
            Some("AWS::Serverless::Connector") => Some(4),
            Some(kind) if kind.starts_with("AWS::Serverless::") => Some(3),
            _ => None,
        };
        let mut ranked: Vec<(u8, &String)> = self.resources.keys().filter_map(|id| Some((rank(id)?, id))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, id)| id.clone()).collect()
    }

    fn translate(&mut self, id: &str) {
        let Some(node) = self.resources.get(id).cloned() else { return };
        let Some(kind) = node.get("Type").and_then(Node::as_str) else { return };
        let mut seen = node.clone();
        let beside = seen.remove(Map::UNSEEN);
        let inside = seen.get_mut("Properties").and_then(|properties| properties.remove(Map::UNSEEN));
        let rejects = self.rejects.len();
        match self.generate(id, kind, &seen) {
            Ok(None) => {}
            Ok(Some(mut generated)) => {
                if let Some(main) = generated.iter_mut().find(|resource| resource.id == id) {
                    inside.iter().for_each(|call| main.set(Map::UNSEEN, call.clone()));
                    beside.iter().for_each(|call| main.node_mut().set(Map::UNSEEN, call.clone()));
                }
                self.replace(id, &seen, generated);
            }
            Err(reject) => self.rejects.push(reject),
        }
        if beside.is_some() || inside.is_some() {
            // What is refused may be right with the properties in the snippet that is not here.
            self.rejects.truncate(rejects);
        }
    }

    fn generate(&mut self, id: &str, kind: &str, node: &Node) -> Outcome<Option<Vec<Resource>>> {
        let known = match kind {
            "AWS::Serverless::Function" => schema::FUNCTION,
            "AWS::Serverless::Api" => schema::API,
            "AWS::Serverless::HttpApi" => schema::HTTP_API,
            "AWS::Serverless::WebSocketApi" => schema::WEB_SOCKET_API,
            "AWS::Serverless::SimpleTable" => schema::SIMPLE_TABLE,
            "AWS::Serverless::LayerVersion" => schema::LAYER_VERSION,
            "AWS::Serverless::StateMachine" => schema::STATE_MACHINE,
            "AWS::Serverless::Application" => schema::APPLICATION,
            "AWS::Serverless::Connector" => schema::CONNECTOR,
            "AWS::Serverless::GraphQLApi" => schema::GRAPHQL_API,
            "AWS::Serverless::CapacityProvider" => schema::CAPACITY_PROVIDER,
            _ => {
                let span = node.get("Type").map_or(node.span, |kind| kind.span);
                self.warn(span, format!("'{kind}' is not known to be a type of AWS SAM: it is left as it is"));
                return Ok(None);
            }
        };
        let empty = self.key_at(id).map::<&str>([]);
        let properties = node.get("Properties").filter(|properties| !properties.is_null()).unwrap_or(&empty);
        schema::check(kind, properties, known)?;
        let mut generated = match kind {
            "AWS::Serverless::Function" => function::generate(self, id, node, properties)?,
            "AWS::Serverless::Api" => api::generate(self, id, node, properties)?,
            "AWS::Serverless::HttpApi" => http_api::generate(self, id, node, properties)?,
            "AWS::Serverless::WebSocketApi" => web_socket_api::generate(self, id, node, properties)?,
            "AWS::Serverless::SimpleTable" => simple_table::generate(self, id, node, properties)?,
            "AWS::Serverless::LayerVersion" => layer::generate(self, id, node, properties)?,
            "AWS::Serverless::StateMachine" => state_machine::generate(self, id, node, properties)?,
            "AWS::Serverless::Application" => application::generate(self, id, node, properties)?,
            "AWS::Serverless::Connector" => connector::generate(self, id, node, properties)?,
            "AWS::Serverless::GraphQLApi" => graphql::generate(self, id, node, properties)?,
            _ => capacity_provider::generate(self, id, node, properties)?,
        };
        tags::propagate(properties, &mut generated);
        if let ("AWS::Serverless::Connector", [only]) = (kind, generated.as_slice()) {
            self.renamed.insert(id.to_owned(), only.id.clone());
        }
        Ok(Some(generated))
    }

    fn replace(&mut self, id: &str, source: &Node, generated: Vec<Resource>) {
        let index = self.resources.get_index_of(id);
        self.resources.shift_remove(id);
        let mut at = index.unwrap_or(self.resources.len());
        for mut resource in generated {
            if resource.id != id && self.declared.contains(&resource.id) {
                let message = format!("'{id}' makes a resource '{}', but the template has one already", resource.id);
                self.rejects.push(Reject::new(self.key_at(&resource.id).0, message));
                continue;
            }
            if let Some(metadata) = source.entry("Metadata")
                && resource.id == id
                && resource.node_mut().get("Metadata").is_none()
            {
                resource.node_mut().entries_mut().push(metadata.clone());
            }
            self.origins.note(&resource.id, id);
            let (at_index, known) = (at.min(self.resources.len()), self.resources.contains_key(&resource.id));
            if known {
                self.resources.insert(resource.id.clone(), resource.into_node());
            } else {
                self.resources.shift_insert(at_index, resource.id.clone(), resource.into_node());
                at += 1;
            }
        }
    }

    fn finish(mut self) -> (Transformed, Vec<Diagnostic>) {
        self.drop_transform();
        let entries = self.resources.into_iter().map(|(id, value)| match self.keys.get(&id) {
            Some(entry) => Entry { key: entry.key.clone(), key_span: entry.key_span, value },
            None => At(self.origins.key_of(value.span)).entry(&id, value),
        });
        let resources = Node::new(self.root.span, NodeKind::Mapping(entries.collect()));
        self.root.set("Resources", resources);
        let transformed = Transformed { template: self.root, made_from: self.origins.into_declarations() };
        let mut said = FxHashSet::default();
        self.rejects.retain(|reject| said.insert((reject.span, reject.message.clone())));
        let refusals = self.rejects.into_iter().map(Reject::into_diagnostic);
        (transformed, refusals.chain(self.warnings).collect())
    }

    /// Takes this transform out of `Transform`; others stay.
    fn drop_transform(&mut self) {
        let Some(transform) = self.root.get_mut("Transform") else { return };
        if transform.is_list() {
            const DONE: [&str; 2] = ["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"];
            transform.items_mut().retain(|item| !item.as_str().is_some_and(|name| DONE.contains(&name)));
            if !transform.items().is_empty() {
                return;
            }
        }
        self.root.remove("Transform");
    }
}

/// Values of parameters: those given, else the defaults; with the region and the partition.
fn parameters(template: &Node, inputs: &Inputs) -> Parameters {
    let at = template.at();
    let mut values = Parameters::default();
    for entry in template.get("Parameters").map(Node::entries).unwrap_or_default() {
        if let Some(default) = entry.value.get("Default") {
            values.insert(entry.key.as_str().to_owned(), default.clone());
        }
    }
    values.insert("AWS::Region".to_owned(), at.string(&inputs.region));
    values.insert("AWS::Partition".to_owned(), at.string(&inputs.partition));
    values.extend(inputs.parameters.iter().cloned());
    values
}
