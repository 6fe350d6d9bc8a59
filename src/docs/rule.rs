//! The page of one rule.

use std::fmt::Write as _;

use super::{cell, made_from};
use crate::discover::Kind;
use crate::rules::Rule;
use crate::rules::examples::{Example, Expected, examples};
use crate::rules::metadata::{Metadata, Parameter, Subject, Tags};

/// Where a description says what AWS does by itself.
const AWS_DEFAULT: &str = "AWS default: ";

/// The page.
pub(super) fn page(rule: &Rule, metadata: &Metadata) -> String {
    let mut text = made_from(&format!("`rules/{}`", folder(rule)));
    let subject = match &metadata.subject {
        Subject::View(view) => format!("`{view}`"),
        Subject::Resources(types) => types.iter().map(|ty| format!("`{ty}`")).collect::<Vec<_>>().join(", "),
    };
    let _ = writeln!(
        text,
        "# {}\n\n`{}` · **{}** · precision {} · profile `{}` · judges {subject}\n",
        metadata.title,
        metadata.id,
        metadata.severity.as_str(),
        metadata.precision.as_str().replace('-', " "),
        metadata.profile.as_str(),
    );
    let (why, default) = split_default(&metadata.description);
    let _ = writeln!(text, "{why}");
    if let Some(default) = default {
        let _ = writeln!(text, "\n**AWS default:** {default}");
    }
    let _ = writeln!(text, "\n## How to fix it\n\n{}", metadata.remediation.list());
    if let Some(fix) = &metadata.fix {
        let how = if fix.safe { "`sealint fix`" } else { "`sealint fix --unsafe`" };
        let _ = writeln!(text, "\n{how} can do this.");
    }
    let all = examples(rule.examples());
    let of = |expected: Expected| all.iter().filter(move |example| example.expected == expected);
    of(Expected::Passes).for_each(|example| block(example, &mut text));
    let _ = writeln!(text, "\n## What it finds");
    of(Expected::Fails).chain(of(Expected::Open)).for_each(|example| block(example, &mut text));
    parameters(metadata, &mut text);
    related(metadata, &mut text);
    text
}

/// The rule's folder below `rules/`.
fn folder(rule: &Rule) -> String {
    rule.source().path.parent().map(|folder| folder.to_string_lossy().replace('\\', "/")).unwrap_or_default()
}

/// A description without its last sentence, and what that says of AWS's default.
fn split_default(description: &str) -> (&str, Option<&str>) {
    match description.rfind(AWS_DEFAULT) {
        Some(at) => (description[..at].trim_end(), description.get(at + AWS_DEFAULT.len()..)),
        None => (description, None),
    }
}

/// An example under the name of its format.
fn block(example: &Example, text: &mut String) {
    let (name, language) = match (example.kind(), example.language.as_str()) {
        (Kind::Terraform, _) => ("Terraform", "terraform"),
        (Kind::Policy, language) => ("Policy", language),
        (_, language) => ("CloudFormation", language),
    };
    let name = if example.expected == Expected::Open { format!("{name}, open") } else { name.to_owned() };
    let _ = writeln!(text, "\n{name}:\n\n```{language}\n{}```", example.text);
}

fn parameters(rule: &Metadata, text: &mut String) {
    if rule.parameters.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## Parameters\n\n| name | type | |\n|---|---|---|");
    for parameter in &rule.parameters {
        let _ =
            writeln!(text, "| `{}` | {} | {} |", parameter.name, parameter.ty.phrase(), cell(&parameter.description));
    }
    let _ = writeln!(text, "\nTheir defaults, as `sealint.toml` writes them:\n\n```toml\n{}```", defaults(rule));
}

/// The parameters of a rule with their defaults, in TOML.
fn defaults(rule: &Metadata) -> String {
    let mut text = format!("[rules.{}]\n", rule.id);
    for Parameter { name, default, .. } in &rule.parameters {
        // JSON's strings, numbers, booleans and lists of strings are TOML's, too.
        let value = match default.as_array() {
            Some(items) if items.len() > 3 => {
                format!("[\n{}]", items.iter().map(|item| format!("  {item},\n")).collect::<String>())
            }
            Some(items) => {
                format!("[{}]", items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            None => default.to_string(),
        };
        let _ = writeln!(text, "{name} = {value}");
    }
    text
}

fn related(rule: &Metadata, text: &mut String) {
    let _ = writeln!(text, "\n## Related\n");
    for (framework, ids) in &rule.frameworks.0 {
        let ids: Vec<&str> = ids.iter().map(|id| id.trim_end_matches("(related)")).collect();
        let _ = writeln!(text, "- {}: {}", framework_name(framework), ids.join(", "));
    }
    checks("The same check in other linters", &rule.aliases, text);
    checks("Similar checks in other linters", &rule.related, text);
    for link in &rule.links {
        let _ = writeln!(text, "- <{link}>");
    }
    let _ = writeln!(
        text,
        "\nTo accept a finding, say why beside it: `# sealint: ignore[{}] reason`. Requirements are named because they \
         are about the same thing; passing the rule does not show that they are met.",
        rule.id
    );
}

fn checks(what: &str, tags: &Tags, text: &mut String) {
    if !tags.is_empty() {
        let linters = tags.0.iter().map(|(linter, ids)| format!("{} {}", linter.replace('_', "-"), ids.join(", ")));
        let _ = writeln!(text, "- {what}: {}", linters.collect::<Vec<_>>().join("; "));
    }
}

/// What a framework is called.
fn framework_name(id: &str) -> &str {
    match id {
        "fsbp" => "AWS Foundational Security Best Practices",
        "cis" => "CIS AWS Foundations Benchmark",
        "config" => "AWS Config",
        "nist-800-53-r5" => "NIST SP 800-53 Rev. 5",
        "pci-dss-v4" => "PCI DSS v4",
        "hipaa" => "HIPAA Security Rule",
        other => other,
    }
}
