//! What a graver finding says already is not told twice.
//!
//! A rule names those that say as much and more (`implied_by`). Of one statement of a policy that allows everything,
//! the first thing to read is that it does, not each of the things that follow. A rule that is selected alone speaks.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::finding::{Finding, Verdict};
use crate::rules::RuleSet;
use crate::source::Span;

/// Where a rule speaks: the resource with where it is written, the statement, the rule.
type Place<'a> = (Span, &'a str, &'a str, &'a str);

/// Drops what another finding on the same statement implies. What is suppressed stays, so that no suppression is in vain,
/// and implies what it would if it were not: whoever accepts all actions accepts each.
pub(super) fn drop(findings: &mut Vec<Finding>, rules: &RuleSet) {
    let mut stronger: FxHashMap<Arc<str>, Vec<String>> = FxHashMap::default();
    let mut told: FxHashMap<Place<'_>, Vec<&Finding>> = FxHashMap::default();
    for finding in findings.iter() {
        if let Some(statement) = statement_of(&finding.path) {
            told.entry((finding.resource_span, &finding.resource, statement, &finding.rule)).or_default().push(finding);
            // Metadata is read only of rules that speak.
            stronger.entry(Arc::clone(&finding.rule)).or_insert_with(|| {
                rules.metadata_of(&finding.rule).map_or_else(Vec::new, |metadata| metadata.implied_by.clone())
            });
        }
    }
    let is_implied = |finding: &Finding| {
        let (Some(rules), Some(statement)) = (stronger.get(&finding.rule), statement_of(&finding.path)) else {
            return false;
        };
        let others = rules
            .iter()
            .filter_map(|rule| told.get(&(finding.resource_span, &*finding.resource, statement, rule.as_str())));
        finding.suppressed.is_none() && others.flatten().any(|other| implies(other, finding))
    };
    let mut implied = findings.iter().map(is_implied).collect::<Vec<_>>().into_iter();
    findings.retain(|_| !implied.next().unwrap_or(false));
}

/// Whether a finding is at least as grave as another and holds wherever that does.
fn implies(one: &Finding, other: &Finding) -> bool {
    one.severity >= other.severity
        && (one.verdict == Verdict::Fail || other.verdict == Verdict::Open)
        && (one.when.is_none() || one.when == other.when)
        && other.instances.iter().all(|instance| one.instances.contains(instance))
}

/// The statement of a path: `documents[0].value.statements[2]`.
fn statement_of(path: &str) -> Option<&str> {
    const LIST: &str = "statements[";
    let start = path.find(LIST)?;
    let end = path.get(start..)?.find(']')?;
    path.get(..=start + end)
}

#[cfg(test)]
mod tests {
    use super::statement_of;

    #[test]
    fn statements_are_found_in_paths() {
        assert_eq!(
            statement_of("documents[0].value.statements[12].actions[1]"),
            Some("documents[0].value.statements[12]")
        );
        assert_eq!(statement_of("policy.statements[0]"), Some("policy.statements[0]"));
        assert_eq!(statement_of("policy"), None);
    }
}
