//! From files to findings, as the configuration and the files want them.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Loaded, Scan, implied};
use crate::diagnostic::Diagnostic;
use crate::discover::Discovered;
use crate::finding::Finding;
use crate::focus::Focus;
use crate::rules::RuleSet;
use crate::source::{FileId, Sources};
use crate::suppress::{self, Configured, Known, Policy};

/// The findings of a run.
pub struct Judged {
    /// The texts.
    pub sources: Arc<Sources>,
    /// The configuration.
    pub loaded: Loaded,
    /// The files.
    pub discovered: Discovered,
    /// What could not be read, parsed or evaluated.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings with their suppressions, one for each instance and each call that leads to it: what else is known of
    /// single ones comes before they are put together ([`crate::check::merge`]).
    pub findings: Vec<Finding>,
    /// Whether no single files were named.
    pub is_whole: bool,
    /// The files and folders that were checked.
    pub paths: Vec<PathBuf>,
}

/// Judges what was read. `inline` says whether comments and metadata in the files may suppress anything.
pub fn judge(mut scan: Scan, rules: &RuleSet, inline: bool) -> Judged {
    let start = scan.sources.next();
    let mut findings = scan.check(rules);
    let Scan { sources, loaded, discovered, mut diagnostics, names_files, paths, .. } = scan;
    let focus = names_files.then(|| Focus::new(&discovered, start..sources.next()));
    // That an entry suppresses nothing can be said only of a whole run.
    let is_whole = focus.is_none();
    diagnostics.append(&mut configure(&mut findings, &loaded, &sources, is_whole));
    if loaded.config.suppressions.inline && inline {
        let files = discovered.files.iter().chain(&discovered.context).map(|file| file.source.id);
        let files: Vec<FileId> = files.filter(|file| !discovered.links.contains_key(file)).collect();
        let policy = policy(&loaded);
        let hint = |id: &str| rules.hint(id);
        let known = Known { hint: Some(&hint), ..known(rules, &policy) };
        diagnostics.append(&mut suppress::apply_inline(&mut findings, &files, &sources, &known, &policy));
    }
    implied::drop(&mut findings, rules);
    if let Some(focus) = &focus {
        findings.retain(|finding| focus.keeps(finding));
        diagnostics = focus.diagnostics(diagnostics);
    }
    Judged { sources, loaded, discovered, diagnostics, findings, is_whole, paths }
}

/// Applies the configuration to the findings: severities, parts of the repository, accepted findings. Entries that accept
/// nothing are reported for a whole run.
fn configure(findings: &mut [Finding], loaded: &Loaded, sources: &Sources, is_whole: bool) -> Vec<Diagnostic> {
    let Some(file) = loaded.file else { return Vec::new() };
    let (severities, mut diagnostics) = loaded.config.severities(file);
    for finding in findings.iter_mut() {
        if let Some(severity) = severities.get(&*finding.rule) {
            finding.severity = *severity;
        }
    }
    let (configured, mut problems) = Configured::new(&loaded.config, file, &loaded.folder, today());
    diagnostics.append(&mut problems);
    let mut unused = configured.apply(findings, sources);
    if is_whole {
        diagnostics.append(&mut unused);
    }
    diagnostics
}

fn policy(loaded: &Loaded) -> Policy {
    let policy = &loaded.config.suppressions;
    Policy { require_reason: policy.require_reason, foreign: policy.foreign.clone(), today: today() }
}

fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

/// The rules that suppressions can name.
fn known(rules: &RuleSet, policy: &Policy) -> Known<'static> {
    let enabled: HashSet<Arc<str>> = rules.rules().iter().map(|rule| Arc::clone(&rule.id)).collect();
    let mut known = Known { all: rules.known().map(Arc::from).collect(), enabled, ..Known::default() };
    if !policy.foreign.is_empty() {
        for rule in rules.metadata() {
            for (_, check) in rule.aliases.iter() {
                known.aliases.entry(suppress::alias(check)).or_default().push(Arc::clone(&rule.id));
            }
        }
    }
    known
}
