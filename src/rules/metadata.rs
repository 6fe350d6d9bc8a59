//! What a rule says about itself: the `# METADATA` block of its `rule.rego`.
//!
//! The block is an annotation as Open Policy Agent defines it (openpolicyagent.org, "Annotations"): YAML in comments that
//! start in column 1. OPA's own keys (`title`, `description`, `related_resources`) stand at the top; everything that is
//! ours stands under `custom`.
//!
//! ```yaml
//! # METADATA
//! # title: Rotate the key
//! # description: Why it matters.
//! # related_resources:
//! #   - https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
//! # custom:
//! #   id: kms-key-rotation
//! #   severity: medium
//! #   precision: very-high
//! #   profile: default
//! #   view: aws.kms.key                     # or resources: [aws_kms_key, AWS::KMS::Key]
//! #   remediation:                          # or one text for all formats
//! #     terraform: Set `enable_key_rotation = true`.
//! #     cloudformation: "Set `EnableKeyRotation: true`."
//! #   fix: { set: { rotation: true }, safe: true }
//! #   frameworks: { fsbp: [KMS.4], cis: ["3.6"] }
//! #   aliases: { checkov: [CKV_AWS_7] }     # checks that ask exactly the same
//! #   related: { trivy: [AWS-0065] }        # checks that ask more or less
//! #   implied_by: [kms-key-open]            # rules that say as much where they fail for the same part
//! #   parameters:                           # the rule reads `input.parameters.max_days`
//! #     max_days: { type: integer, description: The longest period., default: 365 }
//! ```

use std::sync::Arc;

use serde::Serialize;

use super::metadata_reader::Reader;
use super::remediation::Remediation;
use crate::diagnostic::Diagnostic;
use crate::finding::Severity;
use crate::parse::node::Node;
use crate::source::{Source, Span};

/// A rule's metadata.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Metadata {
    /// The rule's id, in kebab case.
    pub id: Arc<str>,
    /// What to do, as an imperative: "Rotate the key".
    pub title: String,
    /// Why it matters.
    pub description: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// How sure a failure is.
    pub precision: Precision,
    /// The smallest profile that holds the rule.
    pub profile: Profile,
    /// What the rule judges.
    #[serde(flatten)]
    pub subject: Subject,
    /// How to mend a failure.
    pub remediation: Remediation,
    /// The settings that mend a failure, if setting them is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Recipe>,
    /// Related requirements of public frameworks: `fsbp` → `KMS.4`.
    pub frameworks: Tags,
    /// Checks of other linters that ask exactly the same: `checkov` → `CKV_AWS_7`.
    pub aliases: Tags,
    /// Checks of other linters that ask something similar.
    pub related: Tags,
    /// Rules that say as much and more where they fail for the same part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implied_by: Vec<String>,
    /// What a configuration file can set.
    pub parameters: Vec<Parameter>,
    /// Where to read more.
    pub links: Vec<String>,
    /// The rule's page in this project's documentation; rules of users have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// Names grouped under a name, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tags(pub Vec<(String, Vec<String>)>);

/// How sure a failure is, in the terms of GitHub code scanning (`precision` of a SARIF rule).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// Many failures are none.
    Low,
    /// Some failures are none.
    Medium,
    /// Nearly every failure is one.
    High,
    /// Every failure is one.
    VeryHigh,
}

/// A set of rules to run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// What a reviewer would act on.
    #[default]
    Default,
    /// What only some organisations demand, on top of [`Profile::Default`].
    Strict,
}

/// What a rule judges.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A view by its name: `aws.s3.bucket`.
    View(String),
    /// Resources by their types as written: `aws_s3_bucket`, `AWS::S3::Bucket`.
    Resources(Vec<String>),
}

/// Settings that mend a failure.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Recipe {
    /// Settings of the view with the value each should have, in the order in which to set them.
    pub set: serde_json::Map<String, serde_json::Value>,
    /// Whether this can be applied without a look: nothing is replaced, no access is lost.
    pub safe: bool,
}

/// Something that a configuration file can set for a rule.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Parameter {
    /// Its name, in snake case.
    pub name: String,
    /// What values it takes.
    #[serde(rename = "type")]
    pub ty: ParameterType,
    /// What it is.
    pub description: String,
    /// Its value when nobody sets it.
    pub default: serde_json::Value,
}

/// The values that a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterType {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A string.
    String,
    /// A list of strings.
    Strings,
}

impl Metadata {
    /// Reads the metadata from the block's YAML.
    ///
    /// `block` is the place to blame for what is missing. Without a result there is at least one diagnostic of level
    /// error; with a result there may be some as well (an unknown key, a value that is not usable).
    pub fn from_node(node: &Node, block: Span) -> (Option<Metadata>, Vec<Diagnostic>) {
        let mut top = Reader::new(node, block);
        top.only(&["title", "description", "related_resources", "custom", "scope", "entrypoint", "schemas", "authors"]);
        let title = top.required_string("title");
        let description = top.required_string("description");
        let links = top.links("related_resources");
        let Some(custom) = top.required("custom") else { return (None, top.diagnostics) };

        let mut own = Reader::new(custom, block);
        own.only(&[
            "id",
            "severity",
            "precision",
            "profile",
            "view",
            "resources",
            "remediation",
            "fix",
            "frameworks",
            "aliases",
            "related",
            "implied_by",
            "parameters",
        ]);
        let id = own.required_string("id").filter(|id| own.kebab_case("id", id));
        let severity = own.choice("severity", Severity::ALL.map(|s| (s.as_str(), s)).as_slice(), None);
        let precision = own.choice("precision", &Precision::NAMES, Some(Precision::High));
        let profile = own.choice("profile", &Profile::NAMES, Some(Profile::Default));
        let subject = own.subject();
        let remediation = own.remediation();
        let (fix, parameters) = (own.recipe(), own.parameters());
        let (frameworks, aliases, related) = (own.tags("frameworks"), own.tags("aliases"), own.tags("related"));

        let implied_by = own.rules("implied_by");

        let metadata = (|| {
            Some(Metadata {
                id: id?.into(),
                title: title?,
                description: description?,
                severity: severity?,
                precision: precision?,
                profile: profile?,
                subject: subject?,
                remediation: remediation?,
                fix,
                frameworks,
                aliases,
                related,
                implied_by,
                parameters,
                links,
                page: None,
            })
        })();
        let mut diagnostics = top.diagnostics;
        diagnostics.append(&mut own.diagnostics);
        (metadata, diagnostics)
    }

    /// The page to send a reader to.
    pub fn link(&self) -> Option<&str> {
        self.page.as_deref().or(self.links.first().map(String::as_str))
    }
}

impl Tags {
    /// All pairs of group and name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(group, names)| names.iter().map(move |name| (group.as_str(), name.as_str())))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Tags {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(group, names)| (group, names)))
    }
}

impl Precision {
    const NAMES: [(&'static str, Precision); 4] = [
        ("low", Precision::Low),
        ("medium", Precision::Medium),
        ("high", Precision::High),
        ("very-high", Precision::VeryHigh),
    ];

    /// `low`, `medium`, `high` or `very-high`.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Low => "low",
            Precision::Medium => "medium",
            Precision::High => "high",
            Precision::VeryHigh => "very-high",
        }
    }
}

impl ParameterType {
    pub(super) const NAMES: [(&'static str, ParameterType); 4] = [
        ("boolean", ParameterType::Boolean),
        ("integer", ParameterType::Integer),
        ("string", ParameterType::String),
        ("strings", ParameterType::Strings),
    ];

    /// `boolean`, `integer`, `string` or `strings`, as in metadata.
    pub fn as_str(self) -> &'static str {
        match self {
            ParameterType::Boolean => "boolean",
            ParameterType::Integer => "integer",
            ParameterType::String => "string",
            ParameterType::Strings => "strings",
        }
    }

    /// What such a value is, for messages: `a list of strings`.
    pub fn phrase(self) -> &'static str {
        match self {
            ParameterType::Boolean => "true or false",
            ParameterType::Integer => "a whole number",
            ParameterType::String => "a string",
            ParameterType::Strings => "a list of strings",
        }
    }

    /// Whether a value is one of these.
    pub fn takes(self, value: &serde_json::Value) -> bool {
        match self {
            ParameterType::Boolean => value.is_boolean(),
            ParameterType::Integer => value.is_i64(),
            ParameterType::String => value.is_string(),
            ParameterType::Strings => {
                value.as_array().is_some_and(|items| items.iter().all(serde_json::Value::is_string))
            }
        }
    }
}

impl Profile {
    const NAMES: [(&'static str, Profile); 2] = [("default", Profile::Default), ("strict", Profile::Strict)];

    /// `default` or `strict`.
    pub fn as_str(self) -> &'static str {
        match self {
            Profile::Default => "default",
            Profile::Strict => "strict",
        }
    }
}

/// The page of a rule of the library in this version's documentation, if it is known where the project is kept.
pub(super) fn page(id: &str) -> Option<String> {
    const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    (!REPOSITORY.is_empty()).then(|| format!("{REPOSITORY}/blob/v{VERSION}/docs/rules/{id}.md"))
}

/// The first `# METADATA` block of a Rego module as YAML, and its place; `None` if there is none.
///
/// The result has the identity of `rego` and every byte at its own offset (what is not YAML is blank), so that spans in
/// it are spans in the module.
pub fn block(rego: &Source) -> Option<(Source, Span)> {
    let text = &*rego.text;
    let mut yaml = String::new();
    let mut start = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        match start {
            None if content.trim_end() == "# METADATA" => {
                start = Some(offset);
                blank(&mut yaml, line);
            }
            None => blank(&mut yaml, line),
            Some(_) => {
                let Some(comment) = line.strip_prefix('#') else { break };
                yaml.push(' ');
                yaml.push_str(comment);
            }
        }
        offset += line.len();
    }
    let start = start?;
    Some((Source::new(rego.id, rego.path.clone(), yaml), Span::new(rego.id, start, start + "# METADATA".len())))
}

/// Appends as many blanks as the line has bytes, keeping its end.
fn blank(yaml: &mut String, line: &str) {
    yaml.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::block;
    use crate::source::{FileId, Source};

    #[test]
    fn the_block_keeps_every_offset() {
        let rego = Source::new(FileId(0), "r.rego", "# é\n# METADATA\n# title: x\n# custom:\n#   id: a\npackage a\n");
        let (yaml, at) = block(&rego).unwrap();
        assert_eq!(rego.slice(at), "# METADATA");
        let title = yaml.text.find("title").unwrap();
        assert_eq!(&rego.text[title..title + 8], "title: x");
        assert_eq!(yaml.text.trim(), "title: x\n  custom:\n    id: a");
    }

    #[test]
    fn a_module_without_block_has_none() {
        assert!(block(&Source::new(FileId(0), "r.rego", "package a\n")).is_none());
    }
}
