//! `sealint.toml`: what a repository sets once for every run.
//!
//! The structures here are the file's reference: their documentation is what the JSON schema and the configuration page
//! say. Unknown keys and values of the wrong type are diagnostics at their place; what is right still counts.

mod load;
mod parameters;
mod paths;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

pub use load::parse;
pub use paths::PathPatterns;
pub use schema::schema;

use crate::diagnostic::{Code, Diagnostic};
use crate::finding::Severity;
use crate::source::{FileId, Span};
use crate::suggest::did_you_mean;

/// The name of the file.
pub const FILE_NAME: &str = "sealint.toml";

/// Settings of sealint for a repository.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "sealint.toml")]
pub struct Config {
    /// Where to find the JSON schema of this file; editors read it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Files and folders to check when none are named on the command line.
    pub paths: Vec<PathBuf>,
    /// Files and folders to leave out, as patterns like those of `.gitignore`.
    pub exclude: Vec<String>,
    /// The set of rules to run.
    pub profile: Option<ProfileName>,
    /// Run only these rules, whatever the profile; `ALL` for every rule.
    #[schemars(with = "Vec<String>")]
    pub select: Vec<Spanned<String>>,
    /// Rules not to run.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// Folders with rules and views of your own.
    #[schemars(with = "Vec<String>")]
    pub extra_rules: Vec<Spanned<PathBuf>>,
    /// The least severity that makes a run fail.
    pub fail_on: Option<SeverityName>,
    /// A baseline, as `--write-baseline` writes it: the findings in it are not reported.
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Spanned<PathBuf>>,
    /// Settings of single rules by their ids: `severity`, and the parameters that `sealint explain` lists.
    #[schemars(with = "BTreeMap<String, RuleSettingsSchema>")]
    pub rules: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<toml::Value>>>,
    /// What differs in parts of the repository.
    pub per_path: Vec<PerPath>,
    /// Inputs of Terraform configurations.
    pub terraform: Terraform,
    /// Inputs of CloudFormation templates.
    pub cloudformation: CloudFormation,
    /// How comments and metadata in the files may suppress findings.
    pub suppressions: SuppressionPolicy,
    /// Findings that are accepted.
    pub suppress: Vec<Suppress>,
}

/// What differs in parts of the repository.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PerPath {
    /// The part, as patterns like those of `.gitignore`.
    pub paths: Vec<String>,
    /// Rules whose findings do not count there.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// Severities of rules there.
    #[schemars(with = "BTreeMap<String, SeverityName>")]
    pub severity: BTreeMap<Spanned<String>, SeverityName>,
}

/// Inputs of Terraform configurations.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Terraform {
    /// Values of root module variables, as expressions: `region = "eu-central-1"`, `tags = { a = "b" }`.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub variables: BTreeMap<String, toml::Value>,
    /// Files of variable values, read in this order.
    #[schemars(with = "Vec<String>")]
    pub variable_files: Vec<Spanned<PathBuf>>,
}

/// Inputs of CloudFormation templates.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CloudFormation {
    /// Values of parameters, and of pseudo parameters such as `AWS::Region`.
    pub parameters: BTreeMap<String, String>,
    /// Files of parameter values as the AWS command line reads them.
    #[schemars(with = "Vec<String>")]
    pub parameter_files: Vec<Spanned<PathBuf>>,
}

/// How comments and metadata in the files may suppress findings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SuppressionPolicy {
    /// Whether they may at all.
    pub inline: bool,
    /// Whether each must give a reason.
    pub require_reason: bool,
    /// Other linters whose comments count too, where their check asks exactly what the rule asks.
    pub foreign: Vec<Foreign>,
}

impl Default for SuppressionPolicy {
    fn default() -> Self {
        SuppressionPolicy { inline: true, require_reason: true, foreign: Vec::new() }
    }
}

/// A linter whose comments can count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Foreign {
    /// `checkov:skip=CKV_AWS_7:reason`
    Checkov,
    /// `trivy:ignore:AWS-0065`, `tfsec:ignore:…`
    Trivy,
}

/// Findings that are accepted: those of the rules, in the files, of the resources. At least one of these must be named.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Suppress {
    /// The rules; all if there is none.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub rules: Vec<Spanned<String>>,
    /// The files, as patterns like those of `.gitignore`; all if there is none.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Addresses of the resources, in which `*` stands for anything; all if there is none.
    #[serde(default)]
    pub resources: Vec<String>,
    /// Why.
    #[schemars(with = "String")]
    pub reason: Spanned<String>,
    /// The last day on which this counts: `2027-01-31`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub until: Option<Spanned<String>>,
}

/// A set of rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileName {
    /// What a reviewer would act on.
    Default,
    /// What only some organisations demand, on top of `default`.
    Strict,
}

/// A severity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityName {
    /// For information.
    Info,
    /// Worth knowing.
    Low,
    /// Worth mending soon.
    Medium,
    /// Worth blocking a change.
    High,
    /// Data is exposed or lost.
    Critical,
}

/// Settings of a rule, as the schema sees them.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "read by the schema generator only")]
struct RuleSettingsSchema {
    /// How much a failure matters.
    severity: Option<SeverityName>,
    /// A parameter of the rule.
    #[schemars(flatten)]
    parameters: BTreeMap<String, serde_json::Value>,
}

impl From<ProfileName> for crate::rules::metadata::Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Default => Self::Default,
            ProfileName::Strict => Self::Strict,
        }
    }
}

impl From<SeverityName> for Severity {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Info => Severity::Info,
            SeverityName::Low => Severity::Low,
            SeverityName::Medium => Severity::Medium,
            SeverityName::High => Severity::High,
            SeverityName::Critical => Severity::Critical,
        }
    }
}

impl Config {
    /// The severity that the file gives to each rule, with mistakes.
    pub fn severities(&self, file: FileId) -> (BTreeMap<&str, Severity>, Vec<Diagnostic>) {
        let mut severities = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for (rule, settings) in &self.rules {
            let Some(value) = settings.get("severity") else { continue };
            match value.get_ref().as_str().and_then(Severity::parse) {
                Some(severity) => drop(severities.insert(rule.get_ref().as_str(), severity)),
                None => {
                    let names = Severity::ALL.map(Severity::as_str);
                    let message = format!("`severity` must be one of `{}`", names.join("`, `"));
                    let mut diagnostic = Diagnostic::error(Code::Configuration, message, at(file, value));
                    diagnostic.help = value.get_ref().as_str().and_then(|text| did_you_mean(text, names));
                    diagnostics.push(diagnostic);
                }
            }
        }
        (severities, diagnostics)
    }

    /// Mentions of rules that do not exist. `exists` says whether a rule does, `hint` what may be meant.
    pub fn unknown_rules(
        &self,
        file: FileId,
        exists: impl Fn(&str) -> bool,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Vec<Diagnostic> {
        let listed = self.select.iter().chain(&self.ignore).filter(|id| id.get_ref() != "ALL");
        let mentioned = listed
            .chain(self.rules.keys())
            .chain(self.per_path.iter().flat_map(|part| part.ignore.iter().chain(part.severity.keys())))
            .chain(self.suppress.iter().flat_map(|suppress| &suppress.rules));
        let unknown = mentioned.filter(|id| !exists(id.get_ref()));
        unknown
            .map(|id| {
                let message = format!("there is no rule `{}`", id.get_ref());
                let mut diagnostic = Diagnostic::error(Code::Configuration, message, at(file, id));
                diagnostic.help = hint(id.get_ref());
                diagnostic
            })
            .collect()
    }

    /// Makes the paths in it relative to the working directory: the file's own are relative to its `folder`.
    pub fn resolve(&mut self, folder: &Path) {
        let lists =
            [&mut self.extra_rules, &mut self.terraform.variable_files, &mut self.cloudformation.parameter_files];
        let spanned = lists.into_iter().flatten().chain(&mut self.baseline).map(Spanned::get_mut);
        for path in spanned.chain(&mut self.paths) {
            *path = folder.join(&*path);
        }
    }
}

/// The span of something in the configuration file.
pub fn at<T>(file: FileId, spanned: &Spanned<T>) -> Span {
    Span::new(file, spanned.span().start, spanned.span().end)
}
