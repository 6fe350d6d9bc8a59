//! The JSON schema of the file.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::Config;
use crate::rules::metadata::{Metadata, Parameter, ParameterType};

/// The JSON schema of the file, as it is committed under `docs/schema/`: the structures of this module, and the
/// parameters of these rules.
///
/// Schema stores and the editors that read from them expect draft 7 (SchemaStore, `CONTRIBUTING.md`).
pub fn schema(rules: &[Arc<Metadata>]) -> Json {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema: Json = generator.into_root_schema_for::<Config>().into();
    let with_parameters = rules.iter().filter(|rule| !rule.parameters.is_empty());
    let properties: Map<String, Json> = with_parameters.map(|rule| (rule.id.to_string(), settings(rule))).collect();
    if let Some(Json::Object(rules)) = schema.pointer_mut("/properties/rules") {
        rules.insert("properties".to_owned(), Json::Object(properties));
    }
    schema
}

/// The settings of one rule.
fn settings(rule: &Metadata) -> Json {
    let severity = json!({ "$ref": "#/definitions/SeverityName", "description": "How much a failure matters." });
    let parameters = rule.parameters.iter().map(|parameter| (parameter.name.clone(), value(parameter)));
    let properties: Map<String, Json> = [("severity".to_owned(), severity)].into_iter().chain(parameters).collect();
    json!({ "description": rule.title, "type": "object", "properties": properties, "additionalProperties": false })
}

fn value(parameter: &Parameter) -> Json {
    let mut schema = match parameter.ty {
        ParameterType::Boolean => json!({ "type": "boolean" }),
        ParameterType::Integer => json!({ "type": "integer" }),
        ParameterType::String => json!({ "type": "string" }),
        ParameterType::Strings => json!({ "type": "array", "items": { "type": "string" } }),
    };
    schema["description"] = Json::String(parameter.description.clone());
    schema["default"] = parameter.default.clone();
    schema
}
