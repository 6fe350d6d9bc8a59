//! Values from outside: what is given over configuration over environment.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::{Loaded, failure};
use crate::cloudformation::parameters;
use crate::diagnostic::Diagnostic;
use crate::discover;
use crate::iam::kind::PolicyKind;
use crate::load::{self, Inputs};
use crate::source::{Source, Sources};
use crate::terraform::{Assignment, check_values};
use crate::value::Value;

/// Values that are given beside the configuration's.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Values of Terraform variables of root modules.
    pub variables: Vec<(String, String)>,
    /// Whether `TF_VAR_*` in the environment count too.
    pub environment: bool,
    /// Files of values of Terraform variables.
    pub variable_files: Vec<PathBuf>,
    /// Where the Terraform configuration of plans lies; beside each plan if `None`.
    pub config_dir: Option<PathBuf>,
    /// Values of CloudFormation parameters, pseudo parameters included.
    pub parameters: Vec<(String, String)>,
    /// Files of values of CloudFormation parameters.
    pub parameter_files: Vec<PathBuf>,
    /// What policy files are, where their statements do not tell.
    pub policy_kind: Option<PolicyKind>,
}

impl Given {
    /// The values, with what is wrong with the files that hold some.
    ///
    /// # Errors
    /// When a file or folder that is named cannot be read.
    pub fn read(&self, loaded: &Loaded, sources: &Sources) -> io::Result<(Inputs, Vec<Diagnostic>)> {
        let (terraform, cloudformation) = (&loaded.config.terraform, &loaded.config.cloudformation);
        if let Some(folder) = self.config_dir.as_deref().filter(|folder| !folder.is_dir()) {
            return Err(failure(format!("{} is no folder", folder.display())));
        }
        let mut inputs =
            Inputs { config_dir: self.config_dir.clone(), policy_kind: self.policy_kind, ..Inputs::default() };
        let mut diagnostics = Vec::new();

        // Only when asked, so that a run depends on its files and its command line alone.
        let environment = std::env::vars_os().filter(|_| self.environment).filter_map(|(name, value)| {
            let name = name.into_string().ok()?.strip_prefix("TF_VAR_")?.to_string();
            Some(assign(&format!("environment variable TF_VAR_{name}"), &name, value.to_string_lossy(), sources))
        });
        inputs.terraform.environment = environment.collect();
        for source in all_read(&terraform.variable_files, &self.variable_files, loaded, sources, &mut diagnostics)? {
            let (file, mut problems) = load::parse_terraform(&source);
            diagnostics.append(&mut problems);
            diagnostics.append(&mut check_values(&file));
            inputs.terraform.files.push(file);
        }
        let configured = terraform.variables.iter().map(|(name, value)| (name, expression(value)));
        let named = self.variables.iter().map(|(name, value)| (name, value.clone()));
        inputs.named_variables = self.variables.iter().map(|(name, _)| name.as_str().into()).collect();
        inputs.named_parameters = self.parameters.iter().map(|(name, _)| name.as_str().into()).collect();
        inputs.terraform.assignments =
            configured.chain(named).map(|(name, text)| assign(&format!("--var {name}"), name, text, sources)).collect();

        let files = (&cloudformation.parameter_files, &self.parameter_files);
        for source in all_read(files.0, files.1, loaded, sources, &mut diagnostics)? {
            let (mut values, mut problems) = parameters::parse(&source);
            diagnostics.append(&mut problems);
            inputs.parameters.append(&mut values);
        }
        let configured = cloudformation.parameters.iter();
        for (name, value) in configured.chain(self.parameters.iter().map(|(name, value)| (name, value))) {
            inputs.parameters.insert(name.as_str().into(), Value::string(value));
        }
        Ok((inputs, diagnostics))
    }
}

fn assign(place: &str, name: &str, text: impl AsRef<str>, sources: &Sources) -> Assignment {
    Assignment { name: name.into(), text: sources.add_text(place, text.as_ref()) }
}

/// The files that the configuration names, then those that are given. One of the configuration's that cannot be read is a
/// diagnostic there.
fn all_read(
    configured: &[Spanned<PathBuf>],
    given: &[PathBuf],
    loaded: &Loaded,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> io::Result<Vec<Arc<Source>>> {
    let mut texts = Vec::new();
    for path in configured {
        match read(path.get_ref(), sources) {
            Ok(source) => texts.push(source),
            Err(error) => diagnostics.push(loaded.mistake(path, error.to_string())),
        }
    }
    for path in given {
        texts.push(read(path, sources)?);
    }
    Ok(texts)
}

fn read(path: &Path, sources: &Sources) -> io::Result<Arc<Source>> {
    discover::read(path, sources).map_err(|diagnostic| failure(format!("{}: {}", path.display(), diagnostic.message)))
}

/// A value of the configuration as Terraform reads it from a command line: a string as it is, anything else as an
/// expression.
fn expression(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        // JSON is an expression once nothing in its strings is taken for a template.
        other => serde_json::to_string(other).unwrap_or_default().replace("${", "$${").replace("%{", "%%{"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configured_value_is_an_expression() {
        let value: Result<toml::Value, _> = toml::from_str("tags = { a = \"${b}\", n = [1, true] }\n");
        let tags = value.ok().and_then(|value| value.get("tags").map(expression));
        assert_eq!(tags.as_deref(), Some(r#"{"a":"$${b}","n":[1,true]}"#));
    }
}
