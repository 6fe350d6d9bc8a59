//! Values from outside: flags over configuration over environment.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::Loaded;
use super::failure;
use crate::cloudformation::parameters;
use crate::diagnostic::Diagnostic;
use crate::discover;
use crate::iam::kind::PolicyKind;
use crate::load::{self, Inputs};
use crate::source::{Source, Sources};
use crate::terraform::Assignment;
use crate::value::Value;

/// Values of Terraform variables and CloudFormation parameters.
#[derive(clap::Args, Debug, Default)]
pub(super) struct InputArgs {
    /// The value of a Terraform variable of root modules
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    var: Vec<(String, String)>,
    /// Take values of Terraform variables from TF_VAR_* in the environment too
    #[arg(long)]
    env_vars: bool,
    /// A file of values of Terraform variables
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// Where the Terraform configuration of plans lies, to point to it [default: beside each plan]
    #[arg(long, value_name = "DIR")]
    config_dir: Option<PathBuf>,
    /// The value of a CloudFormation parameter, or of a pseudo parameter such as AWS::Region
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    parameter: Vec<(String, String)>,
    /// A file of values of CloudFormation parameters, as the AWS command line reads it
    #[arg(long, value_name = "FILE")]
    parameters: Vec<PathBuf>,
    /// What the policy files are, where their statements do not tell: key, bucket, identity, trust, topic, queue,
    /// secret, resource
    #[arg(long, value_name = "KIND", value_parser = policy_kind)]
    policy_kind: Option<PolicyKind>,
}

fn policy_kind(text: &str) -> Result<PolicyKind, String> {
    PolicyKind::parse(text).filter(|kind| *kind != PolicyKind::Grant).ok_or_else(|| {
        let kinds = PolicyKind::ALL.iter().filter(|kind| **kind != PolicyKind::Grant);
        format!("expected one of {}", kinds.map(|kind| kind.as_str()).collect::<Vec<_>>().join(", "))
    })
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_string(), value.to_string())),
        _ => Err("expected NAME=VALUE".to_string()),
    }
}

impl InputArgs {
    /// The values, with what is wrong with the files that hold some.
    pub(super) fn read(&self, loaded: &Loaded, sources: &Sources) -> io::Result<(Inputs, Vec<Diagnostic>)> {
        let (terraform, cloudformation) = (&loaded.config.terraform, &loaded.config.cloudformation);
        if let Some(folder) = self.config_dir.as_deref().filter(|folder| !folder.is_dir()) {
            return Err(failure(format!("{} is no folder", folder.display())));
        }
        let mut inputs =
            Inputs { config_dir: self.config_dir.clone(), policy_kind: self.policy_kind, ..Inputs::default() };
        let mut diagnostics = Vec::new();

        // Only when asked, so that a run depends on its files and its command line alone.
        let environment = std::env::vars_os().filter(|_| self.env_vars).filter_map(|(name, value)| {
            let name = name.into_string().ok()?.strip_prefix("TF_VAR_")?.to_string();
            Some(assign(&format!("environment variable TF_VAR_{name}"), &name, value.to_string_lossy(), sources))
        });
        inputs.terraform.environment = environment.collect();
        for path in terraform.variable_files.iter().chain(&self.var_file) {
            let (file, mut problems) = load::parse_terraform(&read(path, sources)?);
            diagnostics.append(&mut problems);
            inputs.terraform.files.push(file);
        }
        let configured = terraform.variables.iter().map(|(name, value)| (name, expression(value)));
        let named = self.var.iter().map(|(name, value)| (name, value.clone()));
        inputs.terraform.assignments =
            configured.chain(named).map(|(name, text)| assign(&format!("--var {name}"), name, text, sources)).collect();

        for path in cloudformation.parameter_files.iter().chain(&self.parameters) {
            let (mut values, mut problems) = parameters::parse(&*read(path, sources)?);
            diagnostics.append(&mut problems);
            inputs.parameters.append(&mut values);
        }
        let configured = cloudformation.parameters.iter();
        for (name, value) in configured.chain(self.parameter.iter().map(|(name, value)| (name, value))) {
            inputs.parameters.insert(name.as_str().into(), Value::string(value));
        }
        Ok((inputs, diagnostics))
    }
}

fn assign(place: &str, name: &str, text: impl AsRef<str>, sources: &Sources) -> Assignment {
    Assignment { name: name.into(), text: sources.add(place, text.as_ref()) }
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
    fn a_value_may_hold_equals_signs() {
        assert_eq!(assignment("a=b=c"), Ok(("a".to_string(), "b=c".to_string())));
        assert!(assignment("a").is_err() && assignment("=b").is_err());
    }

    #[test]
    fn a_configured_value_is_an_expression() {
        let value: Result<toml::Value, _> = toml::from_str("tags = { a = \"${b}\", n = [1, true] }\n");
        let tags = value.ok().and_then(|value| value.get("tags").map(expression));
        assert_eq!(tags.as_deref(), Some(r#"{"a":"$${b}","n":[1,true]}"#));
    }
}
