//! Which statements name whom, so that a long policy need not be compared statement by statement.

use rustc_hash::FxHashMap;

use crate::iam::document::Statement;
use crate::iam::principal::{Identity, Sort, Who};

/// Statements by the principals that they list.
pub(super) struct Named<'a> {
    by_principal: FxHashMap<&'a Who, Vec<&'a Statement>>,
    /// By the account and the name of a role: it stands for its sessions.
    by_role: FxHashMap<(&'a str, &'a str), Vec<&'a Statement>>,
    everyone: Vec<&'a Statement>,
    /// Those that list whom they except.
    excepting: Vec<&'a Statement>,
    nobody: Vec<&'a Statement>,
}

impl<'a> Named<'a> {
    /// Looks through the statements, which come in their order.
    pub(super) fn new(statements: impl Iterator<Item = &'a Statement>) -> Self {
        let mut named = Named {
            by_principal: FxHashMap::default(),
            by_role: FxHashMap::default(),
            everyone: Vec::new(),
            excepting: Vec::new(),
            nobody: Vec::new(),
        };
        for statement in statements {
            if statement.principals.as_ref().is_some_and(|principals| principals.items.is_empty()) {
                named.nobody.push(statement);
            } else if statement.principals.as_ref().is_some_and(|principals| principals.negated) {
                named.excepting.push(statement);
            }
            for principal in statement.plain_principals() {
                named.add(&principal.who, statement);
            }
        }
        named
    }

    fn add(&mut self, who: &'a Who, statement: &'a Statement) {
        match who {
            Who::Everyone => push(&mut self.everyone, statement),
            who => push(self.by_principal.entry(who).or_default(), statement),
        }
        if let Who::Identity(role @ Identity { sort: Sort::Role, .. }) = who {
            push(self.by_role.entry((&*role.account, role.name())).or_default(), statement);
        }
    }

    /// All statements of which a listed principal [includes](Who::includes) this one, and perhaps others, in their order;
    /// of denials those too that may not except it.
    pub(super) fn including(&self, who: &Who, deny: bool) -> Vec<&'a Statement> {
        let mut found = self.everyone.clone();
        found.extend(self.by_principal.get(who).into_iter().flatten());
        if deny {
            found.extend(&self.excepting);
        }
        if let Who::Identity(identity) = who {
            if deny {
                let account = Who::Account(identity.account.clone());
                found.extend(self.by_principal.get(&account).into_iter().flatten());
            }
            if identity.sort == Sort::Session {
                let role = (&*identity.account, identity.session_role());
                found.extend(self.by_role.get(&role).into_iter().flatten());
            }
        }
        found.sort_by_key(|statement| statement.index);
        found.dedup_by_key(|statement| statement.index);
        found
    }

    /// All statements that name everyone.
    pub(super) fn everyone(&self) -> &[&'a Statement] {
        &self.everyone
    }

    /// All statements with a list of principals, plain or negated, in which nobody is.
    pub(super) fn nobody(&self) -> &[&'a Statement] {
        &self.nobody
    }
}

/// Adds a statement that may have been added last.
fn push<'a>(statements: &mut Vec<&'a Statement>, statement: &'a Statement) {
    if statements.last().is_none_or(|last| last.index != statement.index) {
        statements.push(statement);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::Named;
    use crate::iam::context::Context;
    use crate::iam::document::{PolicyDocument, read};
    use crate::iam::kind::PolicyKind;
    use crate::iam::principal::Who;
    use crate::value::Value;

    const NAMES: [&str; 9] = [
        "*",
        "111122223333",
        "444455556666",
        "arn:aws:iam::111122223333:role/app",
        "arn:aws:iam::111122223333:role/path/app",
        "arn:aws:iam::444455556666:role/app",
        "arn:aws:sts::111122223333:assumed-role/app/one",
        "arn:aws:sts::111122223333:assumed-role/app/two",
        "arn:aws:iam::111122223333:user/anna",
    ];

    fn naming(lists: &[Vec<usize>]) -> PolicyDocument {
        let statement = |list: &Vec<usize>| {
            let names = list.iter().filter_map(|name| NAMES.get(*name)).map(Value::string);
            Value::from_pairs([("Principal", Value::from_pairs([("AWS", Value::list(names.collect()))]))])
        };
        let policy = Value::from_pairs([("Statement", Value::list(lists.iter().map(statement).collect()))]);
        read(&policy, PolicyKind::Key, &Context::default())
    }

    proptest! {
        #[test]
        fn no_statement_is_missed(lists in vec(vec(0..NAMES.len(), 0..4), 0..6), who in 0..NAMES.len(), deny: bool) {
            let document = naming(&lists);
            let named = Named::new(document.statements.iter());
            let who = Who::aws(&NAMES[who].into());
            let found: Vec<usize> = named.including(&who, deny).iter().map(|statement| statement.index).collect();
            prop_assert!(found.is_sorted());
            for statement in &document.statements {
                let includes = statement.plain_principals().iter().any(|listed| listed.who.includes(&who, deny));
                prop_assert!(!includes || found.contains(&statement.index), "{} in {:?}", statement.index, found);
            }
        }
    }
}
