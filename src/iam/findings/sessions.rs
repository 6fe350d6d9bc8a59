//! Sessions can do what their role can.

use rustc_hash::FxHashMap;

use super::subject::{Reach, Reaches};
use crate::iam::principal::{Identity, Sort, Who};

/// Adds to the reach of each session that can do more than its role what the role can. A session that cannot is judged
/// with its role.
pub(super) fn inherit(reaches: &mut Reaches<'_>) {
    let sessions: Vec<(usize, &Identity)> = of_sort(reaches, Sort::Session).collect();
    if sessions.is_empty() {
        return;
    }
    // Paths of roles are no part of their sessions.
    let roles: FxHashMap<(&str, &str), usize> =
        of_sort(reaches, Sort::Role).map(|(place, role)| ((&*role.account, role.name()), place)).collect();
    for (place, session) in sessions {
        let role = roles.get(&(&*session.account, session.session_role()));
        let Some(role) = role.and_then(|role| reaches.get_index(*role)).map(|(_, role)| role.clone()) else { continue };
        if let Some((_, reach)) = reaches.get_index_mut(place)
            && !role.actions.contains(reach.actions)
        {
            reach.join(&role);
        }
    }
}

/// The identities of a sort, with their places.
fn of_sort<'a>(reaches: &Reaches<'a>, sort: Sort) -> impl Iterator<Item = (usize, &'a Identity)> {
    reaches.keys().enumerate().filter_map(move |(place, who)| match who {
        Who::Identity(identity) if identity.sort == sort => Some((place, identity)),
        _ => None,
    })
}

impl Reach {
    /// Adds what another can do; the statements that name this one stay.
    fn join(&mut self, other: &Reach) {
        self.actions = self.actions | other.actions;
        self.free = self.free | other.free;
        self.unguarded = self.unguarded | other.unguarded;
    }
}
