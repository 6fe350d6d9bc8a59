//! A rule's metadata as SARIF's `reportingDescriptor`.

use super::model::{Configuration, Help, Rule, RuleProperties};
use super::{level, sentence, text};
use crate::finding::Severity;
use crate::rules::metadata::{Metadata, Subject};

/// GitHub keeps this many tags of a rule.
const MAX_TAGS: usize = 10;
/// GitHub's bound on descriptions, in characters.
const MAX_DESCRIPTION: usize = 1024;

pub(super) fn describe(rule: &Metadata) -> Rule<'_> {
    Rule {
        id: &rule.id,
        name: pascal_case(&rule.id),
        short_description: text(clip(&sentence(&rule.title))),
        full_description: text(clip(&sentence(&rule.description))),
        help: Help { text: plain(rule), markdown: help(rule) },
        help_uri: rule.link(),
        default_configuration: Configuration { level: level(rule.severity) },
        properties: RuleProperties {
            tags: tags(rule),
            precision: rule.precision.as_str(),
            security_severity: security_severity(rule.severity),
            problem_severity: match rule.severity {
                Severity::Critical | Severity::High => "error",
                Severity::Medium => "warning",
                Severity::Low | Severity::Info => "recommendation",
            },
        },
    }
}

/// GitHub's number for a severity: over 9.0 is critical, from 7.0 high, from 4.0 medium, from 0.1 low.
fn security_severity(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Critical => Some("9.5"),
        Severity::High => Some("8.0"),
        Severity::Medium => Some("5.5"),
        Severity::Low => Some("2.0"),
        Severity::Info => None,
    }
}

fn tags(rule: &Metadata) -> Vec<String> {
    let service = match &rule.subject {
        Subject::View(view) => view.split('.').nth(1).map(str::to_string),
        Subject::Resources(_) => None,
    };
    let own = ["security".to_string(), rule.profile.as_str().to_string()].into_iter().chain(service);
    let frameworks = rule.frameworks.iter().map(|(framework, id)| format!("{framework}/{id}"));
    own.chain(frameworks).take(MAX_TAGS).collect()
}

fn plain(rule: &Metadata) -> String {
    let mut help = format!("{}\n\n{}", sentence(&rule.description), rule.remediation.list());
    if !rule.links.is_empty() {
        help.push_str(&format!("\n\n{}", rule.links.join("\n")));
    }
    help
}

/// All that a rule says of itself, as Markdown.
pub fn help(rule: &Metadata) -> String {
    let mut help = format!(
        "# {}\n\n{}\n\n## How to mend it\n\n{}\n",
        rule.title,
        sentence(&rule.description),
        rule.remediation.list()
    );
    if !rule.links.is_empty() {
        help.push_str("\n## Read more\n\n");
        rule.links.iter().for_each(|link| help.push_str(&format!("- <{link}>\n")));
    }
    if !rule.frameworks.is_empty() {
        help.push_str("\n## Related requirements\n\n");
        for (framework, ids) in &rule.frameworks.0 {
            help.push_str(&format!("- {framework}: {}\n", ids.join(", ")));
        }
    }
    help
}

/// `s3-bucket-key` as `S3BucketKey`.
fn pascal_case(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for word in id.split('-') {
        let mut chars = word.chars();
        name.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(chars.as_str());
    }
    name
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_DESCRIPTION - 1) {
        Some((end, _)) if text[end..].chars().count() > 1 => format!("{}…", &text[..end]),
        _ => text.to_string(),
    }
}
