//! The index of the rules, by service.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{cell, made_from, service};
use crate::rules::metadata::{Metadata, Profile};

/// The page.
pub(super) fn page(rules: &[Arc<Metadata>]) -> String {
    let mut by_service: BTreeMap<&str, Vec<&Metadata>> = BTreeMap::new();
    for rule in rules {
        by_service.entry(service(rule)).or_default().push(rule);
    }
    let strict = rules.iter().filter(|rule| rule.profile == Profile::Strict).count();
    let mut text = made_from("the rules' metadata");
    let _ = writeln!(
        text,
        "# Rules\n\n{} rules: {} in the `default` profile, {strict} more in `strict`. `sealint rules` lists them in the \
         terminal, `sealint explain RULE` shows what stands on a rule's page.\n",
        rules.len(),
        rules.len() - strict
    );
    let links: Vec<String> = by_service.keys().map(|service| format!("[{service}](#{service})")).collect();
    let _ = writeln!(text, "{}", links.join(" · "));
    for (service, mut rules) in by_service {
        rules.sort_by(|a, b| (a.profile, &a.id).cmp(&(b.profile, &b.id)));
        let _ = writeln!(text, "\n## {service}\n\n| rule | severity | profile | |\n|---|---|---|---|");
        for rule in rules {
            let (id, severity, profile) = (&rule.id, rule.severity.as_str(), rule.profile.as_str());
            let _ = writeln!(text, "| [{id}]({id}.md) | {severity} | {profile} | {} |", cell(&rule.title));
        }
    }
    text
}
