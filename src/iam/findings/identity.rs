//! Findings on identity policies with KMS actions.

use super::key::unknown_actions;
use super::key_resource::{all_keys, fault, is_about_keys, takes_keys};
use super::subject::{MAX_PAIRED, name_actions};
use super::{At, PolicyFinding, Subject};
use crate::finding::Severity;
use crate::iam::arn::{Arn, has_wildcard};
use crate::iam::condition::holds_back;
use crate::iam::document::{Effect, Statement};
use crate::iam::keys::Role;
use crate::iam::kms::{ActionSet, Class};
use crate::iam::pattern::Pattern;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(secrets(subject, statement));
        found.extend(credentials(subject, statement));
        if !is_about_keys(statement, &subject.document.partition) {
            continue;
        }
        let left = statement.kms - denied(subject, statement);
        found.extend(decrypts_everything(subject, statement, left));
        found.extend(all_actions(subject, statement, left));
        found.extend(control(subject, statement, left));
        found.extend(destruction(subject, statement, left));
        found.extend(not_bound_to_service(subject, statement, left));
        found.extend(any_account(subject, statement, left));
        found.extend(by_exclusion(subject, statement, left));
        found.extend(attached_to_user(subject, statement, left));
    }
    for statement in &subject.document.statements {
        found.extend(unknown_actions(subject, statement, "KP21"));
        found.extend(no_arn(subject, statement));
        found.extend(alias(subject, statement));
    }
    for statement in subject.document.denies() {
        found.extend(unknown_actions(subject, statement, "IP11"));
    }
}

/// The KMS actions of an Allow that the policy denies on all its keys under no condition.
fn denied(subject: &Subject<'_>, statement: &Statement) -> ActionSet {
    let takes = |denial: &&Statement| {
        denial.kms.meets(statement.kms)
            && denial.conditions.is_empty()
            && !denial.conditions_open
            && takes_keys(denial, statement, &subject.document.partition)
    };
    subject.document.denies().take(MAX_PAIRED).filter(takes).fold(ActionSet::EMPTY, |set, denial| set | denial.kms)
}

/// Whether a condition narrows which keys, which data or through which service.
fn is_narrowed(statement: &Statement) -> bool {
    statement.conditions_open
        || statement.conditions.iter().any(|condition| {
            let about_use = condition
                .known_key
                .is_some_and(|key| matches!(key.role, Role::How | Role::What | Role::WhichKey | Role::Grant));
            let anything = condition.values.iter().any(|value| value.text.trim_matches(['*', '?']).is_empty());
            about_use && holds_back(condition, statement) && !anything
        })
}

/// IP01: decryption under every key whose policy trusts IAM.
fn decrypts_everything(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = left & ActionSet::decrypt_like();
    if actions.is_empty() {
        return None;
    }
    let at = all_keys(statement)?;
    let what = name_actions(actions);
    let message = format!("{} allows {what} on all keys", statement.name());
    let finding = subject.finding("IP01", statement, at, message).does(what);
    let finding = if is_narrowed(statement) { finding.at_severity(Severity::Low) } else { finding };
    let by_alias = statement.conditions_on("kms:ResourceAliases").next().is_some();
    Some(if by_alias { finding.narrowed_by("name the keys") } else { finding })
}

/// IP02: every KMS action.
fn all_actions(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let all = ActionSet::of(|_| true);
    if !left.meets((ActionSet::control() | ActionSet::class(Class::Destructive)) & ActionSet::on_key()) {
        return None;
    }
    let place = statement.plain_actions().iter().position(|action| action.kms.contains(all))?;
    let everywhere = all_keys(statement).is_some();
    let on = if everywhere { " on all keys" } else { "" };
    let message = format!("{} allows all KMS actions{on}: decryption, deletion and policy changes", statement.name());
    let finding = subject.finding("IP02", statement, At::Action(place), message).does("kms:*");
    Some(if everywhere { finding.narrowed_by("list the actions that are needed, and name the keys") } else { finding })
}

/// Where a statement lists one of these actions.
fn at_action(statement: &Statement, actions: ActionSet) -> At {
    let place = statement.plain_actions().iter().position(|action| action.kms.meets(actions));
    place.map_or(At::Actions, At::Action)
}

/// IP03: changing policies and creating grants.
fn control(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let mut actions = left & ActionSet::control();
    if subject.bounds_grants(statement) {
        actions = actions - ActionSet::CREATE_GRANT;
    }
    if actions.is_empty() {
        return None;
    }
    let what = name_actions(actions);
    let message = format!("{} allows {what}, which is as strong as decryption", statement.name());
    Some(subject.finding("IP03", statement, at_action(statement, actions), message).does(what))
}

/// IP04: making every key unusable.
fn destruction(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = left & ActionSet::class(Class::Destructive) & ActionSet::on_key();
    if actions.is_empty() {
        return None;
    }
    let at = all_keys(statement)?;
    let what = name_actions(actions);
    let message = format!("{} allows {what} on all keys", statement.name());
    Some(subject.finding("IP04", statement, at, message).does(what))
}

/// IP05: use of a key other than through a service.
fn not_bound_to_service(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = left & ActionSet::class(Class::Cryptographic);
    let bound = statement.conditions_open
        || statement.conditions_on("kms:ViaService").any(|condition| holds_back(condition, statement));
    if actions.is_empty() || bound {
        return None;
    }
    let what = name_actions(actions);
    let message = format!("{} allows {what} other than through a service", statement.name());
    Some(subject.finding("IP05", statement, at_action(statement, actions), message).does(what))
}

/// Whether the policy denies an action on everything under no condition.
fn is_denied(subject: &Subject<'_>, action: &str) -> bool {
    let mut denials = subject.document.denies().take(MAX_PAIRED);
    denials.any(|denial| {
        let everywhere = denial.resources.as_ref().is_some_and(|resources| {
            !resources.negated && resources.items.iter().any(|resource| resource.pattern.is_everything())
        });
        everywhere && denial.conditions.is_empty() && !denial.conditions_open && denial.covers_action(action).is_true()
    })
}

/// IP06: every secret or parameter.
fn secrets(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    if !statement.conditions.is_empty() || statement.conditions_open {
        return None;
    }
    let stores = [
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:000000000000:secret:*", "secrets"),
        ("ssm:GetParameter", "arn:aws:ssm:us-east-1:000000000000:parameter/*", "parameters"),
        ("ssm:GetParameters", "arn:aws:ssm:us-east-1:000000000000:parameter/*", "parameters"),
        ("ssm:GetParametersByPath", "arn:aws:ssm:us-east-1:000000000000:parameter/*", "parameters"),
    ];
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated)?;
    stores.into_iter().find_map(|(action, all, name)| {
        if !statement.covers_action(action).is_true() || is_denied(subject, action) {
            return None;
        }
        let all = Arn::parse(all)?;
        let place = resources.items.iter().position(|resource| {
            resource.pattern.is_everything()
                || Arn::parse(&resource.part.text).is_some_and(|arn| {
                    Pattern::exact_case(arn.service).matches(all.service).is_true()
                        && Pattern::exact_case(arn.resource).includes(&Pattern::exact_case(all.resource))
                })
        })?;
        let message = format!("{} allows {action} on all {name}", statement.name());
        Some(subject.finding("IP06", statement, At::Resource(place), message).does(action))
    })
}

/// Actions that hand out credentials of somebody else, with what they are for, by the service authorization reference.
/// Those that only concern the caller, such as `ecr:GetAuthorizationToken`, are left out.
const CREDENTIALS: [(&str, &str); 14] = [
    ("iam:CreateAccessKey", "users"),
    ("iam:CreateLoginProfile", "users"),
    ("iam:UpdateLoginProfile", "users"),
    ("iam:CreateServiceSpecificCredential", "users"),
    ("iam:ResetServiceSpecificCredential", "users"),
    ("sts:AssumeRole", "roles"),
    ("sts:GetFederationToken", "users"),
    ("sso:GetRoleCredentials", "roles"),
    ("redshift:GetClusterCredentials", "databases"),
    ("redshift:GetClusterCredentialsWithIAM", "databases"),
    ("redshift-serverless:GetCredentials", "databases"),
    ("rds-db:connect", "databases"),
    ("lightsail:GetRelationalDatabaseMasterUserPassword", "databases"),
    ("lightsail:GetInstanceAccessDetails", "instances"),
];

/// IP13: credentials of every user, role or database.
fn credentials(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    if !statement.conditions.is_empty() || statement.conditions_open {
        return None;
    }
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated)?;
    let everything = resources.items.iter().any(|resource| resource.pattern.is_everything());
    // A statement that allows everything is about more than credentials.
    let named = |action: &&(&str, &str)| {
        let lower = action.0.to_ascii_lowercase();
        statement
            .plain_actions()
            .iter()
            .any(|listed| listed.pattern.matches(&lower).is_true() && !listed.pattern.is_everything())
    };
    let (action, of) =
        CREDENTIALS.iter().filter(|_| everything).filter(|(action, _)| !is_denied(subject, action)).find(named)?;
    let lower = action.to_ascii_lowercase();
    let place = statement.plain_actions().iter().position(|listed| listed.pattern.matches(&lower).is_true())?;
    let message = format!("{} allows {action} for all {of}", statement.name());
    Some(subject.finding("IP13", statement, At::Action(place), message).does(*action))
}

/// Actions that are about aliases as well as keys.
const ON_ALIASES: ActionSet =
    ActionSet::named("CreateAlias").with(ActionSet::named("UpdateAlias")).with(ActionSet::named("DeleteAlias"));

/// IP07: an alias gives no use of its key, and protects it from none.
fn alias(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let actions = statement.kms & ActionSet::class(Class::Cryptographic);
    let denies = statement.effect == Effect::Deny;
    // A Deny of everything means the management of the alias too.
    if actions.is_empty() || (denies && statement.kms.meets(ON_ALIASES)) {
        return None;
    }
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated)?;
    let place = resources.items.iter().position(|resource| {
        Arn::parse(&resource.part.text).is_some_and(|arn| arn.service == "kms" && arn.resource.starts_with("alias/"))
    })?;
    let (name, what) = (statement.name(), name_actions(actions));
    let message = match denies {
        true => format!("{name} denies {what} on an alias, which takes no use of the key away"),
        false => format!("{name} allows {what} on an alias, which gives no use of the key"),
    };
    Some(subject.finding("IP07", statement, At::Resource(place), message).does(what).raised_for(statement.effect))
}

/// IP08: a resource that is no ARN of a key or alias.
fn no_arn(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let about_keys = statement
        .plain_actions()
        .iter()
        .any(|action| action.part.text.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("kms:")));
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated && about_keys)?;
    let mut listed = resources.items.iter().enumerate();
    let (place, text, why) = listed.find_map(|(i, resource)| Some((i, resource.part.show(), fault(resource)?)))?;
    let message = format!("{}: {text} {why}, so it matches nothing", statement.name());
    Some(subject.finding("IP08", statement, At::Resource(place), message).raised_for(statement.effect))
}

/// IP09: keys of any account.
fn any_account(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = left & ActionSet::crossing();
    if actions.is_empty() || names_owner(statement) {
        return None;
    }
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated)?;
    let place = resources.items.iter().position(|resource| {
        Arn::parse(&resource.part.text).is_some_and(|arn| arn.service == "kms" && has_wildcard(arn.account))
    })?;
    let what = name_actions(actions);
    let message = format!("{} allows {what} on keys of any account that invites", statement.name());
    Some(subject.finding("IP09", statement, At::Resource(place), message).does(what))
}

/// Whether a condition says whose resources are meant.
fn names_owner(statement: &Statement) -> bool {
    let keys = ["aws:ResourceAccount", "aws:ResourceOrgID"];
    statement.conditions_open
        || statement.conditions.iter().any(|condition| {
            keys.iter().any(|key| condition.key.eq_ignore_ascii_case(key))
                && holds_back(condition, statement)
                && !condition.values.iter().any(|value| has_wildcard(&value.text))
        })
}

/// IP10: everything but something, keys too.
fn by_exclusion(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = statement.actions.as_ref().is_some_and(|actions| actions.negated);
    let resources = statement.resources.as_ref().is_some_and(|resources| resources.negated);
    if !(actions || resources) || !left.meets(ActionSet::decrypt_like()) {
        return None;
    }
    let at = all_keys(statement)?;
    let (form, at) = if actions { ("NotAction", At::Actions) } else { ("NotResource", at) };
    let message = format!("{} allows by {form} what includes decryption under all keys", statement.name());
    Some(subject.finding("IP10", statement, at, message).does("kms:Decrypt"))
}

/// IP12: users have long-lived access keys.
fn attached_to_user(subject: &Subject<'_>, statement: &Statement, left: ActionSet) -> Option<PolicyFinding> {
    let actions = left & ActionSet::class(Class::Cryptographic);
    if subject.ctx.attached_to != Some("user") || actions.is_empty() {
        return None;
    }
    let what = name_actions(actions);
    let message = format!("{} gives {what} to a user", statement.name());
    Some(subject.finding("IP12", statement, at_action(statement, actions), message).does(what))
}
