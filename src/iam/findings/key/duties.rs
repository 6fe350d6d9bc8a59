//! Separation of duties: who administers, who uses, and who can do both.

use crate::finding::Severity;
use crate::iam::document::{Principal, Statement};
use crate::iam::findings::subject::{Reach, is_own_identity, name_actions, name_all};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::{ActionSet, Class};
use crate::iam::principal::{Owner, Who};

/// How many administrative actions make an administrator.
const ADMINISTRATIVE: usize = 3;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(all_actions(subject, statement));
        found.extend(administers_and_uses(subject, statement));
        found.extend(can_give_itself_use(subject, statement));
        found.extend(unguarded_destruction(subject, statement));
        found.extend(moves_data(subject, statement));
    }
}

/// Actions that make the data of a key unreadable.
const FATAL: ActionSet = ActionSet::named("ScheduleKeyDeletion")
    .with(ActionSet::named("DisableKey"))
    .with(ActionSet::named("DeleteImportedKeyMaterial"));

/// The listed principals to which a finding on their whole reach belongs, with the reach of the first.
type Judged<'s> = (Vec<(usize, &'s Principal)>, &'s Reach);

/// The principals of a statement to which a finding on their whole reach belongs: this statement is the first that
/// names them and meets `actions`.
fn judged_here<'s>(
    subject: &'s Subject<'_>,
    statement: &'s Statement,
    actions: ActionSet,
    fails: impl Fn(&Principal, &Reach) -> bool,
) -> Option<Judged<'s>> {
    judged_at_first(subject, statement, [actions, ActionSet::EMPTY], fails)
}

/// The same with other actions where no statement that names them meets the first: a session has those by its role.
fn judged_at_first<'s>(
    subject: &'s Subject<'_>,
    statement: &'s Statement,
    choices: [ActionSet; 2],
    fails: impl Fn(&Principal, &Reach) -> bool,
) -> Option<Judged<'s>> {
    if !choices.iter().any(|actions| statement.kms.meets(*actions)) {
        return None;
    }
    let is_first = |reach: &Reach| {
        let first = |actions: &ActionSet| {
            let meets = |index: &usize| subject.document.statements.get(*index).is_some_and(|s| s.kms.meets(*actions));
            reach.named.iter().copied().find(meets)
        };
        choices.iter().find_map(first) == Some(statement.index)
    };
    let judged: Vec<_> =
        subject.acting(statement).filter(|(_, principal, reach)| fails(principal, reach) && is_first(reach)).collect();
    let (_, _, reach) = *judged.first()?;
    Some((judged.into_iter().map(|(i, principal, _)| (i, principal)).collect(), reach))
}

/// KP06: all actions for someone else than the own account.
fn all_actions(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let wide = statement.plain_actions().iter().filter(|action| action.part.text.contains(['*', '?']));
    let wide = wide.fold(ActionSet::EMPTY, |set, action| set | action.kms);
    if !wide.contains(ActionSet::DECRYPT | ActionSet::PUT_KEY_POLICY) {
        return None;
    }
    let document = subject.document;
    let principals = subject.principals(statement, |principal| match &principal.who {
        Who::Everyone | Who::Service(_) => true,
        who => document.owner_of(who).is_some() && !document.is_own_root(who) && !is_maybe_own_root(subject, who),
    });
    principals.first()?;
    let who = name_all(&principals);
    let message = format!("{} gives {who} both use and control of the key by wildcards", statement.name());
    let place = statement.plain_actions().iter().position(|action| action.kms.contains(ActionSet::PUT_KEY_POLICY));
    let at = place.map_or(At::Actions, At::Action);
    Some(subject.finding("KP06", statement, at, message).who(who).does("kms:*"))
}

/// Whether this is an account as a whole that may be the own one.
fn is_maybe_own_root(subject: &Subject<'_>, who: &Who) -> bool {
    matches!(who, Who::Account(account) if subject.document.owner(account) == Owner::Unknown)
}

/// Whether a principal administers the key.
fn administers(actions: ActionSet) -> bool {
    actions.meets(ActionSet::control() | ActionSet::class(Class::Destructive))
        || (actions & ActionSet::class(Class::Administer)).len() >= ADMINISTRATIVE
}

/// All that can make an administrator.
fn administration() -> ActionSet {
    ActionSet::control() | ActionSet::class(Class::Destructive) | ActionSet::class(Class::Administer)
}

/// KP11: one principal both administers and uses the key, over all statements.
fn administers_and_uses(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let choices = [ActionSet::decrypt_like(), administration()];
    let (principals, reach) = judged_at_first(subject, statement, choices, |principal, reach| {
        administers(reach.free)
            && reach.actions.meets(ActionSet::decrypt_like())
            && is_own_identity(subject.document, &principal.who)
    })?;
    let control = reach.free & (ActionSet::control() | ActionSet::class(Class::Destructive));
    let control = if control.is_empty() { reach.free & ActionSet::class(Class::Administer) } else { control };
    let who = name_all(&principals);
    let message = format!(
        "{who} can both use the key ({}) and administer it ({})",
        name_actions(reach.actions & ActionSet::decrypt_like()),
        name_actions(control)
    );
    let finding = subject.finding("KP11", statement, Subject::at_principals(&principals), message);
    Some(finding.who(who).does(name_actions(control)))
}

/// KP12: an administrator can change the policy or create a grant for itself.
fn can_give_itself_use(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (principals, reach) = judged_here(subject, statement, ActionSet::control(), |principal, reach| {
        gives_itself_use(reach.free) && is_own_identity(subject.document, &principal.who)
    })?;
    let (who, what) = (name_all(&principals), name_actions(reach.free & ActionSet::control()));
    let message = format!("{} lets {who} give itself use of the key by {what}", statement.name());
    let finding = subject.finding("KP12", statement, Subject::at_principals(&principals), message);
    Some(milder_for_own(subject, finding.who(who).does(what), &principals))
}

/// A finding on what named principals of the own account may do, milder where the policy leaves the same to the policies
/// of the account anyway: then naming the administrators of the key, as the console does, adds little.
///
/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
pub(super) fn milder_for_own(
    subject: &Subject<'_>,
    finding: PolicyFinding,
    principals: &[(usize, &Principal)],
) -> PolicyFinding {
    let own = |(_, principal): &(usize, &Principal)| subject.document.owner_of(&principal.who) == Some(Owner::Own);
    match principals.iter().all(own) && leaves_all_to_account(subject) {
        true => finding.at_severity(Severity::Low),
        false => finding,
    }
}

/// Whether the policy leaves every action to the policies of the own account on no condition.
fn leaves_all_to_account(subject: &Subject<'_>) -> bool {
    let document = subject.document;
    document.allows().any(|statement| {
        statement.kms.contains(ActionSet::on_key())
            && statement.conditions.is_empty()
            && !statement.conditions_open
            && statement.plain_principals().iter().any(|principal| document.is_own_root(&principal.who))
    })
}

/// Whether these are the actions of an administrator that can give itself use.
pub(super) fn gives_itself_use(actions: ActionSet) -> bool {
    let create = ActionSet::CREATE_GRANT;
    actions.contains(ActionSet::PUT_KEY_POLICY) || (actions.contains(create) && administers(actions - create))
}

/// KP18: one call makes all data unreadable.
fn unguarded_destruction(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (principals, reach) = judged_here(subject, statement, FATAL, |principal, reach| {
        let own_account = matches!(principal.who, Who::Account(_));
        !own_account && reach.unguarded.meets(FATAL)
    })?;
    let (who, what) = (name_all(&principals), name_actions(reach.unguarded & FATAL));
    let message = format!("{} lets {who} make all data unreadable by one call: {what}", statement.name());
    let finding = subject.finding("KP18", statement, Subject::at_principals(&principals), message);
    Some(milder_for_own(subject, finding.who(who).does(what), &principals))
}

/// KP19: data can be moved to another key by someone who cannot read it.
fn moves_data(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let from = ActionSet::RE_ENCRYPT_FROM;
    let (principals, _) = judged_here(subject, statement, from, |principal, reach| {
        !matches!(principal.who, Who::Account(_))
            && reach.free.contains(from)
            && !reach.actions.contains(ActionSet::DECRYPT)
    })?;
    let who = name_all(&principals);
    let message = format!(
        "{} lets {who} move data to a key of its own by kms:ReEncryptFrom, though it may not decrypt",
        statement.name()
    );
    let finding = subject.finding("KP19", statement, Subject::at_principals(&principals), message);
    Some(finding.who(who).does("kms:ReEncryptFrom"))
}
