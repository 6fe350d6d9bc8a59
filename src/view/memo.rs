//! What was read of an instance: many rules read the same few settings.

use std::cell::{OnceCell, RefCell};
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::model::View;
use super::read::{Unreadable, inner};
use crate::iam::facts::Facts;
use crate::value::{Entry, World};

/// A setting of a view that is to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// Its position in the view.
    pub(super) setting: usize,
    /// What of it: the empty path for all, or paths into it.
    pub(super) below: Arc<[Arc<str>]>,
    /// Worked out once: it is looked up for each rule.
    hash: u64,
}

impl Read {
    /// What to read for `paths` (`a.b` reads the setting `a.b`, all settings below it, or into the setting above it).
    pub fn all(view: &View, paths: &[Arc<str>]) -> Vec<Read> {
        let below = |name: &str| paths.iter().filter_map(|path| inner(path, name)).collect::<Arc<[_]>>();
        let reads = view.settings.keys().enumerate().map(|(setting, name)| Read::new(setting, below(name)));
        reads.filter(|read| !read.below.is_empty()).collect()
    }

    fn new(setting: usize, below: Arc<[Arc<str>]>) -> Read {
        let mut hasher = FxHasher::default();
        (setting, &below).hash(&mut hasher);
        Read { setting, below, hash: hasher.finish() }
    }
}

impl Hash for Read {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

/// What reading a setting gave in one world.
#[derive(Debug)]
pub struct Reading {
    /// The setting: nothing if it is absent and AWS has no default.
    pub entry: Option<Entry>,
    /// A note of whoever reads about the value, made once.
    pub mark: OnceCell<u32>,
}

impl Reading {
    /// A reading that nobody has noted anything about.
    pub(super) fn new(entry: Option<Entry>) -> Rc<Reading> {
        Rc::new(Reading { entry, mark: OnceCell::new() })
    }
}

/// The settings of one instance that were read, by world.
#[derive(Default)]
pub struct Memo {
    worlds: RefCell<Vec<(World, Known)>>,
}

/// What is known of an instance in one world.
#[derive(Default)]
struct Known {
    readings: FxHashMap<Read, Result<Rc<Reading>, Unreadable>>,
    /// The policies by the names of their settings: rules read different facts of one.
    policies: FxHashMap<Box<str>, Rc<Facts>>,
}

impl Memo {
    /// Worlds beyond these are not remembered: few rules meet in them.
    const MAX_WORLDS: usize = 32;

    pub(super) fn get_or_read(
        &self,
        world: &World,
        read: &Read,
        make: impl FnOnce() -> Result<Option<Entry>, Unreadable>,
    ) -> Result<Rc<Reading>, Unreadable> {
        if let Some(known) = self.look_up(world, |known| known.readings.get(read).cloned()) {
            return known;
        }
        // Reading one setting may read another.
        let made = make().map(Reading::new);
        self.note(world, |known| known.readings.insert(read.clone(), made.clone()));
        made
    }

    /// The policy that is kept in the setting of this name, read once for all its facts.
    pub(super) fn policy(
        &self,
        world: &World,
        name: &str,
        make: impl FnOnce() -> Result<Facts, Unreadable>,
    ) -> Result<Rc<Facts>, Unreadable> {
        if let Some(known) = self.look_up(world, |known| known.policies.get(name).cloned()) {
            return Ok(known);
        }
        let made = Rc::new(make()?);
        self.note(world, |known| known.policies.insert(name.into(), Rc::clone(&made)));
        Ok(made)
    }

    fn look_up<T>(&self, world: &World, find: impl FnOnce(&Known) -> Option<T>) -> Option<T> {
        let worlds = self.worlds.borrow();
        let (_, known) = worlds.iter().find(|(known, _)| known == world)?;
        find(known)
    }

    fn note<T>(&self, world: &World, add: impl FnOnce(&mut Known) -> T) {
        let mut worlds = self.worlds.borrow_mut();
        if let Some((_, known)) = worlds.iter_mut().find(|(known, _)| known == world) {
            add(known);
        } else if worlds.len() < Self::MAX_WORLDS {
            let mut known = Known::default();
            add(&mut known);
            worlds.push((world.clone(), known));
        }
    }
}
