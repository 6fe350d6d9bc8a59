//! Suppressions: findings that someone has decided to live with, and says why.
//!
//! A comment `# sealint: ignore[rule-id, …] reason` counts for every finding whose *path* has a line that the comment
//! belongs to. The path of a finding is: its region, the headers of the blocks around it up to the resource's own, the
//! places that its value came through, and the call of its module. A comment after code belongs to its own line. A comment
//! on lines of its own belongs to the line below and, if it comes first in a block, to the block's header.
//!
//! What is absent has no line, so such a finding points to a header. A comment that is on no finding's path counts for those
//! that point to the header of the block it stands in, or that this call of a module leads to.
//!
//! JSON has no comments: `"//": "sealint: ignore[…] reason"` belongs to the object that it stands in. CloudFormation's
//! `Metadata: { sealint: { ignore: [{ rule, reason, until }] } }` belongs to its resource or, at the top, to the template.

mod block;
mod bracket;
mod comment;
mod configured;
mod directive;
mod metadata;
mod scope;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashSet;

pub use configured::Configured;
pub use write::comment;

use crate::config::Foreign;
use crate::diagnostic::{Code, Diagnostic};
use crate::finding::{Finding, Suppressed};
use crate::source::{FileId, Source, Sources};
use crate::suggest::did_you_mean;
use directive::{Directive, Name};

/// What suppressions in files may do.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whether each must give a reason.
    pub require_reason: bool,
    /// Other linters whose comments count.
    pub foreign: Vec<Foreign>,
    /// The day on which `until` is judged.
    pub today: NaiveDate,
}

/// What may be meant by an id.
pub type Hint<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The rules that a suppression can name.
#[derive(Clone, Default)]
pub struct Known<'a> {
    /// The ids of all rules.
    pub all: HashSet<Arc<str>>,
    /// The ids of the rules of this run: suppressions of others are not called unused.
    pub enabled: HashSet<Arc<str>>,
    /// Rules by the ids of other linters' checks that ask exactly the same, as [`alias`] writes them.
    pub aliases: HashMap<String, Vec<Arc<str>>>,
    /// What may be meant by an id that no rule has.
    pub hint: Option<Hint<'a>>,
}

/// The id of another linter's check in one notation: `AVD-AWS-0065` and `aws-0065` are `AWS-0065`.
pub fn alias(id: &str) -> String {
    let id = id.trim().to_ascii_uppercase();
    id.strip_prefix("AVD-").map(str::to_string).unwrap_or(id)
}

/// Marks the findings that comments and metadata in `files` suppress, and reports the suppressions that are unused,
/// expired, unknown or without reason. Those do not count.
pub fn apply_inline(
    findings: &mut [Finding],
    files: &[FileId],
    sources: &Sources,
    known: &Known,
    policy: &Policy,
) -> Vec<Diagnostic> {
    let mut directives: HashMap<FileId, Vec<Directive>> = HashMap::new();
    let mut diagnostics = Vec::new();
    // Modules elsewhere are read only when a configuration calls them: findings lead there.
    let files: FxHashSet<FileId> = files.iter().copied().chain(findings.iter().flat_map(files_of)).collect();
    let mut files: Vec<FileId> = files.into_iter().collect();
    files.sort_unstable();
    for source in files.into_iter().filter_map(|file| sources.get(file)) {
        let found = directives_of(&source, policy, &mut diagnostics);
        if !found.is_empty() {
            directives.insert(source.id, found);
        }
    }
    if directives.is_empty() {
        return diagnostics;
    }
    for directive in directives.values_mut().flatten() {
        examine(directive, known, policy, &mut diagnostics);
    }
    // What something else suppresses as well is no reason to call a comment unused.
    for finding in findings.iter_mut() {
        let by = suppress(finding, &mut directives, sources, known);
        finding.suppressed = finding.suppressed.take().or(by);
    }
    block::apply(findings, &mut directives, sources);
    for directive in directives.values().flatten().filter(|directive| directive.foreign.is_none()) {
        for name in directive.names.iter().filter(|name| !name.used && known.enabled.contains(name.text.as_str())) {
            let message = format!("no finding of `{}` is suppressed here", name.text);
            let help = match nearest(name, directive, findings, sources) {
                Some(line) => format!("there is one on line {line}: move it there, or take it out"),
                None => "take it out".to_owned(),
            };
            diagnostics.push(Diagnostic::warning(Code::Suppression, message, name.span).help(help));
        }
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    diagnostics
}

/// The line of the finding in the same file that an unused suppression is most likely meant for: one of its resource, or
/// the next one.
fn nearest(name: &Name, directive: &Directive, findings: &[Finding], sources: &Sources) -> Option<usize> {
    let own = directive.span;
    let is_meant = |finding: &&Finding| {
        finding.suppressed.is_none() && *finding.rule == *name.text && finding.region.file == own.file
    };
    let distance = |finding: &&Finding| {
        (
            !finding.resource_span.contains(own),
            finding.region.start < own.start,
            finding.region.start.abs_diff(own.start),
        )
    };
    let finding = findings.iter().filter(is_meant).min_by_key(distance)?;
    Some(sources.get(own.file)?.line(finding.region.start))
}

/// The files that a finding's path runs through.
fn files_of(finding: &Finding) -> impl Iterator<Item = FileId> {
    scope::spans(finding).map(|span| span.file)
}

fn directives_of(source: &Source, policy: &Policy, diagnostics: &mut Vec<Diagnostic>) -> Vec<Directive> {
    let mut found = comment::directives(source, &policy.foreign, diagnostics);
    found.append(&mut metadata::directives(source, &policy.foreign, diagnostics));
    found
}

/// Reports what is wrong with a directive and takes out of it what does not count.
fn examine(directive: &mut Directive, known: &Known, policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let own = directive.foreign.is_none();
    directive.names.retain(|name| {
        if !own || known.all.contains(name.text.as_str()) {
            return true;
        }
        let message = format!("there is no rule `{}`", name.text);
        let mut diagnostic = Diagnostic::warning(Code::Suppression, message, name.span);
        diagnostic.help = match known.hint {
            Some(hint) => hint(&name.text),
            None => did_you_mean(&name.text, known.all.iter().map(|id| &**id)),
        };
        diagnostics.push(diagnostic);
        false
    });
    let problem = if directive.until.is_some_and(|until| until < policy.today) {
        Some(("this suppression has expired", "mend the finding, or set a later date with a new reason"))
    } else if own && policy.require_reason && directive.reason.is_none() {
        let help = match directive.kind() {
            "metadata" => "say why: add `reason: …` to the entry",
            _ => "say why after the bracket",
        };
        Some(("this suppression gives no reason, so it does not count", help))
    } else {
        None
    };
    if let Some((message, help)) = problem {
        diagnostics.push(Diagnostic::warning(Code::Suppression, message, directive.span).help(help));
        directive.names.clear();
    }
}

/// The first directive that covers a finding. Every directive that does is marked as used.
fn suppress(
    finding: &Finding,
    directives: &mut HashMap<FileId, Vec<Directive>>,
    sources: &Sources,
    known: &Known,
) -> Option<Suppressed> {
    let mut files: Vec<FileId> = files_of(finding).collect();
    files.sort_unstable();
    files.dedup();
    files.retain(|file| directives.contains_key(file));
    if files.is_empty() {
        return None;
    }
    let path = scope::Path::of(finding, sources);
    let mut first = None;
    for file in files {
        for directive in directives.get_mut(&file).into_iter().flatten() {
            if !directive.names(&finding.rule, known) || !path.meets(directive) {
                continue;
            }
            directive.names.iter_mut().filter(|name| name.text == *finding.rule).for_each(|name| name.used = true);
            first.get_or_insert_with(|| directive.suppressed());
        }
    }
    first
}
