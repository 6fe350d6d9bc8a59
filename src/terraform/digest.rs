//! Many problems of one cause as one: a fragment of a configuration refers to much that it does not declare, and before
//! `terraform init` no module is there.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;

/// How many places beside the first a digest names.
const MAX_PLACES: usize = 3;

/// What problems have in common that are told as one.
#[derive(PartialEq, Eq, Hash)]
enum Cause {
    /// References of one file to what its module does not declare.
    Undeclared(FileId),
    /// Modules that are not there, by what to do about it.
    Missing(Option<String>),
}

/// The diagnostics with those of one cause joined into the first of them.
pub(super) fn digest(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    let mut groups: FxHashMap<Cause, Group> = FxHashMap::default();
    for diagnostic in diagnostics {
        let Some(cause) = cause(&diagnostic) else {
            kept.push(diagnostic);
            continue;
        };
        match groups.get_mut(&cause) {
            Some(group) => group.add(diagnostic),
            None => {
                groups.insert(cause, Group { at: kept.len(), others: Vec::new(), count: 0 });
                kept.push(diagnostic);
            }
        }
    }
    for (cause, group) in groups.into_iter().filter(|(_, group)| group.count > 0) {
        if let Some(first) = kept.get_mut(group.at) {
            group.tell(&cause, first);
        }
    }
    kept
}

fn cause(diagnostic: &Diagnostic) -> Option<Cause> {
    match diagnostic.code {
        Code::Undeclared => Some(Cause::Undeclared(diagnostic.file?)),
        Code::MissingModule => Some(Cause::Missing(diagnostic.help.clone())),
        _ => None,
    }
}

/// The problems of one cause after the first.
struct Group {
    /// The index of the first.
    at: usize,
    others: Vec<Diagnostic>,
    count: usize,
}

impl Group {
    fn add(&mut self, diagnostic: Diagnostic) {
        self.count += 1;
        if self.others.len() < MAX_PLACES {
            self.others.push(diagnostic);
        }
    }

    fn tell(self, cause: &Cause, first: &mut Diagnostic) {
        let count = self.count;
        let (also, label) = match cause {
            Cause::Undeclared(_) if count == 1 => ("one other reference of this file leads nowhere".to_owned(), None),
            Cause::Undeclared(_) => (format!("{count} other references of this file lead nowhere"), None),
            Cause::Missing(_) if count == 1 => {
                ("the same holds for one other call".to_owned(), Some("not there either"))
            }
            Cause::Missing(_) => (format!("the same holds for {count} other calls"), Some("not there either")),
        };
        first.message = format!("{}; {also}", first.message);
        for other in self.others {
            if let Some(span) = other.span {
                first.labels.push(crate::diagnostic::Label { span, text: label.map_or(other.message, str::to_owned) });
            }
        }
    }
}
