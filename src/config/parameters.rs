//! Parameters of rules, held to what the rules' metadata says of them.

use serde_json::{Map, Value as Json};
use toml::Spanned;

use super::{Config, at};
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::metadata::Metadata;
use crate::source::FileId;
use crate::suggest::did_you_mean;

impl Config {
    /// The parameters that the file gives to a rule, as far as the rule has them and they are of the right type.
    pub fn parameters(&self, file: FileId, rule: &Metadata) -> (Map<String, Json>, Vec<Diagnostic>) {
        let mut given = Map::new();
        let mut diagnostics = Vec::new();
        let settings = self.rules.iter().filter(|(id, _)| id.get_ref() == &*rule.id).flat_map(|(_, settings)| settings);
        for (name, value) in settings.filter(|(name, _)| name.get_ref() != "severity") {
            let Some(parameter) = rule.parameters.iter().find(|parameter| parameter.name == *name.get_ref()) else {
                diagnostics.push(unknown(file, rule, name));
                continue;
            };
            match json(value.get_ref()).filter(|value| parameter.ty.takes(value)) {
                Some(value) => drop(given.insert(parameter.name.clone(), value)),
                None => {
                    let message = format!("`{}` must be {}", parameter.name, parameter.ty.phrase());
                    let help = format!("its default is `{}`", parameter.default);
                    diagnostics.push(Diagnostic::error(Code::Configuration, message, at(file, value)).help(help));
                }
            }
        }
        (given, diagnostics)
    }
}

fn unknown(file: FileId, rule: &Metadata, name: &Spanned<String>) -> Diagnostic {
    let message = format!("rule `{}` has no parameter `{}`", rule.id, name.get_ref());
    let mut diagnostic = Diagnostic::error(Code::Configuration, message, at(file, name));
    let known: Vec<&str> = rule.parameters.iter().map(|parameter| &*parameter.name).chain(["severity"]).collect();
    diagnostic.help = did_you_mean(name.get_ref(), known.iter().copied()).or_else(|| {
        Some(format!("it has {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")))
    });
    diagnostic
}

/// A value as JSON; dates and numbers that are none have no counterpart.
fn json(value: &toml::Value) -> Option<Json> {
    Some(match value {
        toml::Value::String(text) => Json::String(text.clone()),
        toml::Value::Integer(number) => Json::from(*number),
        toml::Value::Float(number) => Json::Number(serde_json::Number::from_f64(*number)?),
        toml::Value::Boolean(flag) => Json::Bool(*flag),
        toml::Value::Array(items) => Json::Array(items.iter().map(json).collect::<Option<_>>()?),
        toml::Value::Datetime(_) | toml::Value::Table(_) => return None,
    })
}
