//! Verdicts over possible worlds.
//!
//! A world is split only when a setting that the rule reads cannot be read without deciding something, so the number of
//! worlds depends on what one rule reads of one resource, not on how many conditions there are.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::engine::{Denial, Segment};
use crate::value::{Literal, Reason, World};
use crate::view::Undecided;

/// The most worlds that are looked at for one rule on one resource. Beyond it the verdict is open.
pub(super) const MAX_WORLDS: usize = 256;

/// What a rule says in one world.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// There is no such resource.
    Absent,
    /// It denies this; nothing if it passes.
    Denials(Arc<[Denial]>),
    /// A setting that the rule reads stays unknown.
    Unknown(Reason),
}

/// A world with what the rule says there.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The world.
    pub(super) world: World,
    /// What the rule says.
    pub(super) outcome: Outcome,
}

/// What one world yields.
pub(super) enum Step {
    /// The world is impossible, or the rule does not apply.
    Nothing,
    /// The rule's word.
    Outcome(Outcome),
    /// Something has to be decided first.
    Split(Undecided),
}

/// Explores the worlds that `step` tells apart. Beyond [`MAX_WORLDS`] one stands for the rest, of which nothing is known.
///
/// # Errors
/// What stops `step`.
pub(super) fn explore<E>(step: &mut dyn FnMut(&World) -> Result<Step, E>) -> Result<Vec<Leaf>, E> {
    let mut leaves = Vec::new();
    let mut open = vec![World::default()];
    while let Some(world) = open.pop() {
        match step(&world)? {
            Step::Nothing => {}
            Step::Outcome(outcome) => leaves.push(Leaf { world, outcome }),
            Step::Split(Undecided::Opaque(reason)) => leaves.push(Leaf { world, outcome: Outcome::Unknown(reason) }),
            Step::Split(Undecided::Is(variable, literal)) => {
                open.push(world.without(&variable, literal.clone()));
                open.push(world.with(&variable, literal));
            }
            Step::Split(Undecided::OneOf(variable, values)) => {
                let possible = values.into_iter().filter(|value| world.is(&variable, value) != Some(false));
                open.extend(possible.map(|value| world.with(&variable, value)).collect::<Vec<_>>().into_iter().rev());
            }
        }
        if leaves.len() + open.len() > MAX_WORLDS {
            let outcome = Outcome::Unknown(Reason::Limit("the number of combinations".into()));
            leaves.push(Leaf { world: World::default(), outcome });
            break;
        }
    }
    Ok(leaves)
}

/// The rule's verdict with what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Judgement {
    /// Whether it fails in every world; otherwise it is open.
    pub(super) fails: bool,
    /// What is denied.
    pub(super) denial: Denial,
    /// A world in which it is denied; the one to locate the setting in.
    pub(super) world: World,
    /// In which case it fails, for people.
    pub(super) when: Option<String>,
}

/// Turns what a rule says in each world into verdicts: one for each place that it denies in some world.
///
/// If every world in which the resource exists denies something, the verdict is fail, even where the places differ.
pub(super) fn judge(all: &[Leaf]) -> Vec<Judgement> {
    let passes = |leaf: &Leaf| matches!(&leaf.outcome, Outcome::Denials(denials) if denials.is_empty());
    if all.iter().all(passes) {
        return Vec::new();
    }
    let leaves: Vec<&Leaf> = all.iter().filter(|leaf| !matches!(leaf.outcome, Outcome::Absent)).collect();
    let denied = |leaf: &Leaf| matches!(&leaf.outcome, Outcome::Denials(denials) if !denials.is_empty());
    let all_fail = !leaves.is_empty() && leaves.iter().all(|leaf| denied(leaf));
    let places = places(&leaves);
    let everywhere = |worlds: &[&World]| worlds.len() == leaves.len();
    let some_everywhere = places.iter().any(|(_, worlds)| everywhere(worlds));
    let mut judgements: Vec<Judgement> = places
        .iter()
        .map(|(denial, worlds)| Judgement {
            fails: everywhere(worlds) || (all_fail && !some_everywhere),
            denial: (*denial).clone(),
            world: worlds.first().map_or_else(World::default, |world| (*world).clone()),
            when: (worlds.len() < all.len()).then(|| witness(all, &|leaf| worlds.contains(&&leaf.world))).flatten(),
        })
        .collect();
    let unknown = leaves.iter().find_map(|leaf| match &leaf.outcome {
        Outcome::Unknown(reason) => Some(reason),
        Outcome::Denials(_) | Outcome::Absent => None,
    });
    if let (Some(reason), true) = (unknown, judgements.is_empty()) {
        judgements.push(Judgement {
            fails: false,
            denial: Denial { path: Vec::new(), message: String::new(), severity: None },
            world: World::default(),
            when: Some(reason.to_string()),
        });
    }
    judgements
}

/// What is denied, each with the worlds in which it is.
///
/// A place that no world denies twice has one fault, however the worlds word it: a message may name the value. Where a
/// world denies a place more than once, its messages tell the faults apart.
fn places<'a>(leaves: &[&'a Leaf]) -> Vec<(&'a Denial, Vec<&'a World>)> {
    let denials = |leaf: &'a Leaf| match &leaf.outcome {
        Outcome::Denials(denials) => &denials[..],
        Outcome::Absent | Outcome::Unknown(_) => &[],
    };
    let mut repeated: FxHashSet<&[Segment]> = FxHashSet::default();
    for leaf in leaves {
        let mut seen: FxHashMap<&[Segment], &str> = FxHashMap::default();
        for denial in denials(leaf) {
            if *seen.entry(&denial.path).or_insert(&denial.message) != denial.message {
                repeated.insert(&denial.path);
            }
        }
    }
    let mut places: Vec<(&Denial, Vec<&World>)> = Vec::new();
    let mut known: FxHashMap<(&[Segment], Option<&str>), usize> = FxHashMap::default();
    for leaf in leaves {
        for denial in denials(leaf) {
            let wording = repeated.contains(&denial.path[..]).then_some(denial.message.as_str());
            let at = *known.entry((&denial.path, wording)).or_insert_with(|| {
                places.push((denial, Vec::new()));
                places.len() - 1
            });
            let worlds = &mut places[at].1;
            if worlds.last() != Some(&&leaf.world) {
                worlds.push(&leaf.world);
            }
        }
    }
    places
}

/// The fewest decisions of a failing world after which every world that agrees with them fails.
fn witness(leaves: &[Leaf], fails: &dyn Fn(&Leaf) -> bool) -> Option<String> {
    let failing = leaves.iter().find(|leaf| fails(leaf))?;
    let mut kept: Vec<_> = failing.world.iter().cloned().collect();
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        let agrees = |leaf: &&Leaf| fewer.iter().all(|decided| may_agree(&leaf.world, decided));
        if !fewer.is_empty() && leaves.iter().filter(agrees).all(fails) {
            kept = fewer;
        } else {
            at += 1;
        }
    }
    let mut parts: Vec<String> = Vec::new();
    for part in kept.iter().map(describe) {
        // What several unknowns have in common, such as their name, is said once.
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    (!parts.is_empty()).then(|| format!("fails when {}", parts.join(" and ")))
}

fn may_agree(world: &World, decided: &crate::value::Decided) -> bool {
    match &decided.is {
        Some(value) => world.is(&decided.variable, value) != Some(false),
        None => world.get(&decided.variable).is_none_or(|value| !decided.not.contains(value)),
    }
}

fn describe(decided: &crate::value::Decided) -> String {
    let name = &decided.variable.name;
    match &decided.is {
        Some(value) => match decided.variable.phrase(value) {
            Some(phrase) => format!("{name} {phrase}"),
            None => format!("{name} is {value}"),
        },
        None => {
            let not: Vec<String> = decided.not.iter().map(Literal::to_string).collect();
            format!("{name} is not {}", not.join(" or "))
        }
    }
}
