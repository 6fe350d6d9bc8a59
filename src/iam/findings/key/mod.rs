//! Findings on key policies.

mod actions;
mod conditions;
mod covered;
mod duties;
mod exposure;
pub(super) mod foreign;
mod form;
mod grants;
mod lockout;
mod operators;
mod principals;
mod services;

pub(super) use actions::unknown_actions;
pub(super) use services::services_of;

use super::{PolicyFinding, Subject};

/// All findings on a key policy.
pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    exposure::check(subject, found);
    services::check(subject, found);
    foreign::check(subject, found);
    duties::check(subject, found);
    grants::check(subject, found);
    lockout::check(subject, found);
    actions::check(subject, found);
    covered::check(subject, found);
    conditions::check(subject, found);
    operators::check(subject, found);
    principals::check(subject, found);
    form::check(subject, found);
}
