//! Functions and resolvers of the API.

use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::sources::{self, Sources};
use crate::parse::node::Node;

/// What `DataSources`, `Functions` and `Resolvers` become.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    schema: &Resource,
) -> Outcome<Vec<Resource>> {
    let mut sources = sources::generate(translation, id, source, properties)?;
    let mut all = std::mem::take(&mut sources.resources);
    let mut functions = Vec::new();
    for entry in properties.get("Functions").map(Node::entries).unwrap_or_default() {
        let name = entry.key.as_str();
        if let Some(own) = entry.value.get("Id") {
            if let Some(odd) = entry.value.entries().iter().find(|entry| entry.key.as_str() != "Id") {
                return reject(odd.key_span, format!("Function '{name}' with 'Id' has no other properties"));
            }
            functions.push((name.to_owned(), own.clone()));
            continue;
        }
        let made = function(id, source, name, &entry.value, &mut sources)?;
        functions.push((name.to_owned(), made.get_att("FunctionId")));
        all.push(made);
    }
    for group in properties.get("Resolvers").map(Node::entries).unwrap_or_default() {
        if !group.value.is_mapping() {
            return reject(group.value.span, format!("'{}' of 'Resolvers' must be a mapping", group.key.as_str()));
        }
        for entry in group.value.entries() {
            let (kind, name) = (group.key.as_str(), entry.key.as_str());
            let made = resolver(id, source, (kind, name), &entry.value, &functions, schema)?;
            all.push(made);
        }
    }
    if sources.names.iter().any(|(name, _)| name == NONE) {
        let at = source.at();
        all.push(
            Resource::new(at, format!("{id}NoneDataSource"), "AWS::AppSync::DataSource")
                .with("ApiId", at.get_att(id, "ApiId"))
                .with("Name", at.string(format!("{id}NoneDataSource")))
                .with("Type", at.string("NONE"))
                .passing_on(source),
        );
    }
    Ok(all)
}

/// The data source that is none.
const NONE: &str = "\0none";

fn data_source(id: &str, name: &str, given: &Node, sources: &mut Sources) -> Outcome<Node> {
    let Some(text) = given.as_str() else {
        return match is_call(given) {
            true => Ok(given.clone()),
            false => reject(given.span, format!("'DataSource' of '{name}' must be a string")),
        };
    };
    if text.eq_ignore_ascii_case("none") {
        if !sources.names.iter().any(|(known, _)| known == NONE) {
            sources.names.push((NONE.to_owned(), given.clone()));
        }
        return Ok(given.at().get_att(format!("{id}NoneDataSource"), "Name"));
    }
    match sources.names.iter().find(|(known, _)| known == text) {
        Some((_, reference)) => Ok(reference.clone()),
        None => reject(given.span, format!("The API has no data source '{text}'")),
    }
}

fn function(id: &str, source: &Node, name: &str, config: &Node, sources: &mut Sources) -> Outcome<Resource> {
    if !config.is_mapping() {
        return reject(config.span, format!("Function '{name}' must be a mapping"));
    }
    let known = ["InlineCode", "CodeUri", "DataSource", "Runtime", "Description", "MaxBatchSize", "Name", "Sync", "Id"];
    if let Some(odd) = config.entries().iter().find(|entry| !known.contains(&entry.key.as_str())) {
        return reject(odd.key_span, format!("Function '{name}' has no property '{}'", odd.key.as_str()));
    }
    let at = config.at();
    let Some(given) = config.given("DataSource") else {
        return reject(config.span, format!("Function '{name}' needs 'DataSource'"));
    };
    let mut made = Resource::new(at, format!("{id}{name}"), "AWS::AppSync::FunctionConfiguration")
        .with("ApiId", at.get_att(id, "ApiId"))
        .with("DataSourceName", data_source(id, name, given, sources)?)
        .with("Name", config.given("Name").cloned().unwrap_or_else(|| at.string(name)))
        .copy(config, &["Description", "MaxBatchSize"])
        .passing_on(source);
    if let Some(sync) = config.given("Sync") {
        made.set("SyncConfig", sync.clone());
    }
    code(&mut made, name, config)?;
    Ok(made)
}

fn code(made: &mut Resource, name: &str, config: &Node) -> Outcome<()> {
    match (config.given("InlineCode"), config.given("CodeUri")) {
        (Some(_), Some(uri)) => return reject(uri.span, "Only one of 'InlineCode' and 'CodeUri' can be set"),
        (None, None) => return reject(config.span, format!("'{name}' needs 'InlineCode' or 'CodeUri'")),
        (Some(inline), None) => made.set("Code", inline.clone()),
        (None, Some(uri)) => made.set("CodeS3Location", uri.clone()),
    }
    let Some(runtime) = config.given("Runtime") else {
        return reject(config.span, format!("'{name}' needs 'Runtime'"));
    };
    let at = runtime.at();
    let (Some(runtime_name), Some(version)) = (runtime.given("Name"), runtime.given("Version")) else {
        return reject(runtime.span, "'Runtime' needs 'Name' and 'Version'");
    };
    made.set("Runtime", at.map([("Name", runtime_name.clone()), ("RuntimeVersion", version.clone())]));
    Ok(())
}

fn resolver(
    id: &str,
    source: &Node,
    (kind, name): (&str, &str),
    config: &Node,
    functions: &[(String, Node)],
    schema: &Resource,
) -> Outcome<Resource> {
    if !config.is_mapping() {
        return reject(config.span, format!("Resolver '{name}' must be a mapping"));
    }
    let known = ["FieldName", "Caching", "InlineCode", "CodeUri", "MaxBatchSize", "Pipeline", "Runtime", "Sync"];
    if let Some(odd) = config.entries().iter().find(|entry| !known.contains(&entry.key.as_str())) {
        return reject(odd.key_span, format!("Resolver '{name}' has no property '{}'", odd.key.as_str()));
    }
    let at = config.at();
    let Some(pipeline) = config.given("Pipeline") else {
        return reject(config.span, format!("Resolver '{name}' needs 'Pipeline'"));
    };
    let mut steps = Vec::new();
    for step in pipeline.items() {
        match functions.iter().find(|(known, _)| Some(known.as_str()) == step.as_str()) {
            Some((_, reference)) => steps.push(reference.clone()),
            None => return reject(step.span, "The API has no such function"),
        }
    }
    let mut made = Resource::new(at, format!("{id}{kind}{name}"), "AWS::AppSync::Resolver")
        .with("ApiId", at.get_att(id, "ApiId"))
        .with("TypeName", at.string(kind))
        .with("FieldName", config.given("FieldName").cloned().unwrap_or_else(|| at.string(name)))
        .with("Kind", at.string("PIPELINE"))
        .with("PipelineConfig", at.map([("Functions", at.list(steps))]))
        .copy(config, &["MaxBatchSize"])
        .passing_on(source)
        .attribute("DependsOn", Some(at.strings([&schema.id])));
    for (from, to) in [("Caching", "CachingConfig"), ("Sync", "SyncConfig")] {
        if let Some(value) = config.given(from) {
            made.set(to, value.clone());
        }
    }
    if config.given("InlineCode").is_none() && config.given("CodeUri").is_none() {
        made.set("Code", at.string(PASS_THROUGH));
        made.set("Runtime", at.map([("Name", at.string("APPSYNC_JS")), ("RuntimeVersion", at.string("1.0.0"))]));
        return Ok(made);
    }
    code(&mut made, name, config)?;
    Ok(made)
}

/// What a resolver does that only runs its pipeline.
const PASS_THROUGH: &str =
    "export function request(ctx) { return {}; }\nexport function response(ctx) { return ctx.prev.result; }\n";
