//! What is wrong with a policy, computed on the union of its statements.
//!
//! One small function per finding, grouped by subject. A rule selects findings by their ids and phrases its message from
//! their parts.

mod bucket;
mod catalogue;
mod grant;
mod identity;
mod key;
mod key_resource;
mod locate;
mod managers;
mod named;
mod sessions;
mod stranger;
mod subject;
mod transport;
mod trust;

pub use catalogue::{CATALOGUE, Entry};
pub use locate::At;
pub(crate) use subject::{Subject, join};

use super::context::Context;
use super::document::PolicyDocument;
use super::grant::Grant;
use super::kind::PolicyKind;
use crate::finding::Severity;
use crate::value::Origin;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct PolicyFinding {
    /// Its id: `KP01`.
    pub id: &'static str,
    /// How much it matters here.
    pub severity: Severity,
    /// The place of the statement in the document, from 0.
    pub statement: Option<usize>,
    /// The part that it is about.
    pub at: At,
    /// Where that part is written.
    pub origin: Origin,
    /// Who is concerned.
    pub principal: Option<String>,
    /// What they can do.
    pub action: Option<String>,
    /// What is wrong, as one sentence without a final stop.
    pub message: String,
    /// What would narrow it, where that is not what the catalogue says of its id.
    own_narrower: Option<&'static str>,
}

impl PolicyFinding {
    /// What would narrow it, as a phrase in the imperative.
    pub fn narrower(&self) -> &'static str {
        self.own_narrower.unwrap_or_else(|| catalogue::entry(self.id).map_or("", |entry| entry.narrower))
    }
}

/// Everything that is wrong with a policy, in the order of the statements.
pub fn of(document: &PolicyDocument, ctx: &Context<'_>) -> Vec<PolicyFinding> {
    of_subject(&Subject::new(document, ctx))
}

/// Everything that is wrong with a policy that was looked at.
pub(super) fn of_subject(subject: &Subject<'_>) -> Vec<PolicyFinding> {
    let mut found = Vec::new();
    match subject.document.kind {
        PolicyKind::Key => key::check(subject, &mut found),
        PolicyKind::Bucket => bucket::check(subject, &mut found),
        PolicyKind::Identity => identity::check(subject, &mut found),
        PolicyKind::Topic | PolicyKind::Queue | PolicyKind::Secret | PolicyKind::Resource => {
            bucket::check_other(subject, &mut found);
        }
        PolicyKind::Trust => trust::check(subject, &mut found),
        PolicyKind::Grant => {}
    }
    found.sort_by_key(|finding| (finding.statement.unwrap_or(0), finding.id));
    found
}

/// Everything that is wrong with a grant.
pub fn of_grant(given: &Grant) -> Vec<PolicyFinding> {
    grant::check(given)
}
