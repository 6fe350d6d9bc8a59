//! Pages about the rules and the configuration file, made from metadata, examples and schema.
//!
//! They are committed under `docs/`; a test fails where they differ from what is made here.

mod configuration;
mod index;
mod rule;

use crate::rules::RuleSet;
use crate::rules::metadata::Metadata;

/// A page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Its path below `docs/`: `rules/kms-key-rotation.md`.
    pub path: String,
    /// Its Markdown.
    pub text: String,
}

/// All pages: one for each rule, their index, and the reference of the configuration file.
pub fn pages(rules: &RuleSet) -> Vec<Page> {
    let mut pages: Vec<Page> = rules
        .rules()
        .iter()
        .filter_map(|rule| {
            let metadata = rule.metadata()?;
            Some(Page { path: format!("rules/{}.md", metadata.id), text: rule::page(rule, metadata) })
        })
        .collect();
    let metadata = rules.metadata();
    pages.push(Page { path: "rules/README.md".to_owned(), text: index::page(&metadata) });
    pages.push(Page { path: "configuration.md".to_owned(), text: configuration::page(&metadata) });
    pages
}

/// What stands at the head of every page.
fn made_from(what: &str) -> String {
    format!("<!-- Made from {what}: edit that, then run `SEALINT_UPDATE=1 cargo test generated`. -->\n\n")
}

/// The service of the rule's view: `kms` of `aws.kms.key`.
fn service(rule: &Metadata) -> &str {
    match &rule.subject {
        crate::rules::metadata::Subject::View(view) => view.split('.').nth(1).unwrap_or("other"),
        crate::rules::metadata::Subject::Resources(_) => "other",
    }
}

/// A cell of a table: one line, in which no bar ends it.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
