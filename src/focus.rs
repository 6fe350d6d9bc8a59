//! The part of a run that concerns the files that were named. The rest was read only because a file cannot be judged
//! without what stands around it: a hook is asked about the files of a commit, not about their neighbours.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Diagnostic, Level};
use crate::discover::{Discovered, File, Kind};
use crate::finding::Finding;
use crate::source::{FileId, Span};

/// The named files, and what was context for them.
#[derive(Debug)]
pub struct Focus {
    named: FxHashSet<FileId>,
    /// Whether a plan is named: what it says stands in its configuration, wherever that lies.
    plan: bool,
    context: FxHashSet<FileId>,
    /// The texts that evaluation read: modules, included snippets.
    evaluated: Range<FileId>,
}

impl Focus {
    /// The focus on the files that were named; those of the context and the texts that evaluation read are not of them.
    pub fn new(discovered: &Discovered, evaluated: Range<FileId>) -> Self {
        let ids = |files: &[File]| files.iter().map(|file| file.source.id).collect();
        let plan = discovered.files.iter().any(|file| file.kind == Kind::Plan);
        let mut named: FxHashSet<FileId> = ids(&discovered.files);
        // What is said of a link is said of the file that it leads to.
        let targets: Vec<FileId> = named.iter().filter_map(|file| discovered.links.get(file)).copied().collect();
        named.extend(targets);
        Focus { named, plan, context: ids(&discovered.context), evaluated }
    }

    /// Whether a finding concerns a named file: its place, its resource, a call that leads there, or any place on the way
    /// of the value that decides is in one.
    pub fn keeps(&self, finding: &Finding) -> bool {
        let calls = finding.calls.iter().flatten().map(|call| call.span);
        let hops = finding.origin.hops().map(|hop| hop.span);
        let mut places = [finding.region, finding.resource_header].into_iter();
        let mut way = finding.origin.span.into_iter().chain(hops).chain(calls);
        let named = |span: Span| self.named.contains(&span.file);
        self.plan || places.any(named) || way.any(named)
    }

    /// What there is to say about the named files and the run as a whole. An error in the context is a warning: it says
    /// what the verdicts do without. Lesser problems there are no concern of this run. A problem between the two, such as
    /// a name that both declare, concerns both.
    pub fn diagnostics(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let place = |diagnostic: &Diagnostic| diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let is_context = |diagnostic: &Diagnostic| {
            place(diagnostic).is_some_and(|file| self.evaluated.contains(&file) || self.context.contains(&file))
                && !diagnostic.labels.iter().any(|label| self.named.contains(&label.span.file))
        };
        let weigh = |mut diagnostic: Diagnostic| match diagnostic.level {
            _ if !is_context(&diagnostic) => Some(diagnostic),
            Level::Error => {
                diagnostic.level = Level::Warning;
                Some(diagnostic)
            }
            Level::Warning | Level::Note => None,
        };
        diagnostics.into_iter().filter_map(weigh).collect()
    }
}
