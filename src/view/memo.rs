//! What was read of an instance: many rules read the same few settings.

use std::cell::{OnceCell, RefCell};
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::model::{Setting, SettingType, View};
use super::read::{Unreadable, inner};
use crate::iam::facts::Facts;
use crate::value::{Entry, World};

/// A setting of a view that is to be read.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Read {
    /// Its position in the view.
    pub(super) setting: usize,
    /// What of it.
    pub(super) below: Arc<Below>,
    /// Its number among the reads of an instance that are remembered.
    slot: Option<usize>,
}

/// What is read of a setting.
#[derive(Default, Debug)]
pub(super) struct Below {
    /// The empty path for all, or paths into it.
    pub(super) paths: Vec<Arc<str>>,
    /// What that means for the view of the resource that the setting refers to, found on first use.
    referred: OnceLock<Vec<Read>>,
}

impl PartialEq for Below {
    fn eq(&self, other: &Self) -> bool {
        self.paths == other.paths
    }
}

impl Eq for Below {}

impl Hash for Below {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.paths.hash(state);
    }
}

impl Below {
    /// The paths, read of a resource seen through `view`: for a setting, it is always the same view.
    pub(super) fn of(&self, view: &View) -> &[Read] {
        self.referred.get_or_init(|| Read::all(view, &self.paths))
    }
}

impl Read {
    /// What to read for `paths` (`a.b` reads the setting `a.b`, all settings below it, or into the setting above it).
    pub fn all(view: &View, paths: &[Arc<str>]) -> Vec<Read> {
        let below = |(name, setting): (&Arc<str>, &Setting)| {
            let mut below: Vec<Arc<str>> = paths.iter().filter_map(|path| inner(path, name)).collect();
            // All of a key is what is said where it is named, without the settings of its own resource.
            if setting.ty == SettingType::Key && below.iter().any(|path| !path.is_empty()) {
                below.retain(|path| !path.is_empty());
            }
            below
        };
        let reads = view.settings.iter().map(below).enumerate();
        reads.filter(|(_, paths)| !paths.is_empty()).map(|(setting, paths)| Read::new(setting, paths)).collect()
    }

    /// All of the setting of this name.
    pub(super) fn whole(view: &View, name: &str) -> Option<Read> {
        Some(Read::new(view.settings.get_index_of(name)?, vec![Arc::from("")]))
    }

    fn new(setting: usize, paths: Vec<Arc<str>>) -> Read {
        Read { setting, below: Arc::new(Below { paths, referred: OnceLock::new() }), slot: None }
    }

    /// The name of the setting.
    pub fn name<'v>(&self, view: &'v View) -> Option<&'v str> {
        view.settings.get_index(self.setting).map(|(name, _)| &**name)
    }
}

/// The reads that rules share, each with its number.
#[derive(Default, Debug)]
pub struct Slots(FxHashMap<Read, usize>);

impl Slots {
    /// Numbers a read: equal reads have equal numbers.
    pub fn number(&mut self, read: Read) -> Read {
        let next = self.0.len();
        let slot = *self.0.entry(read.clone()).or_insert(next);
        Read { slot: Some(slot), ..read }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
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
pub struct Memo {
    slots: usize,
    worlds: RefCell<Vec<(World, Readings)>>,
}

/// What reading gave in one world.
#[derive(Default)]
struct Readings {
    /// By the number of the read.
    numbered: Vec<Option<Result<Rc<Reading>, Unreadable>>>,
    /// What was read without a number.
    others: FxHashMap<Read, Result<Rc<Reading>, Unreadable>>,
    /// The policies by the names of their settings: rules read different facts of one.
    policies: FxHashMap<Box<str>, Rc<Facts>>,
}

impl Readings {
    fn get(&self, read: &Read) -> Option<&Result<Rc<Reading>, Unreadable>> {
        match read.slot.and_then(|slot| self.numbered.get(slot)) {
            Some(known) => known.as_ref(),
            None => self.others.get(read),
        }
    }

    fn insert(&mut self, read: &Read, made: Result<Rc<Reading>, Unreadable>) {
        match read.slot.and_then(|slot| self.numbered.get_mut(slot)) {
            Some(known) => *known = Some(made),
            None => {
                self.others.insert(read.clone(), made);
            }
        }
    }
}

impl Memo {
    /// Worlds beyond these are not remembered: few rules meet in them.
    const MAX_WORLDS: usize = 32;

    /// Remembers nothing yet; so many reads are numbered.
    pub fn new(slots: usize) -> Memo {
        Memo { slots, worlds: RefCell::default() }
    }

    /// What is remembered of a world; `None` if there are too many.
    pub(super) fn of(&self, world: &World) -> Option<Remembered<'_>> {
        Some(Remembered { memo: self, position: self.position(world)? })
    }

    /// The policy that is kept in the setting of this name, read once for all its facts.
    pub(super) fn policy(
        &self,
        world: &World,
        name: &str,
        make: impl FnOnce() -> Result<Facts, Unreadable>,
    ) -> Result<Rc<Facts>, Unreadable> {
        let Some(position) = self.position(world) else { return make().map(Rc::new) };
        if let Some(known) = self.worlds.borrow()[position].1.policies.get(name) {
            return Ok(Rc::clone(known));
        }
        let made = Rc::new(make()?);
        self.worlds.borrow_mut()[position].1.policies.insert(name.into(), Rc::clone(&made));
        Ok(made)
    }

    /// Where a world is remembered; `None` if there are too many.
    fn position(&self, world: &World) -> Option<usize> {
        let known = self.worlds.borrow().iter().position(|(known, _)| known == world);
        known.or_else(|| {
            let mut worlds = self.worlds.borrow_mut();
            (worlds.len() < Self::MAX_WORLDS).then(|| {
                let readings = Readings { numbered: vec![None; self.slots], ..Readings::default() };
                worlds.push((world.clone(), readings));
                worlds.len() - 1
            })
        })
    }
}

/// What is remembered of one world.
#[derive(Clone, Copy)]
pub(super) struct Remembered<'m> {
    memo: &'m Memo,
    position: usize,
}

impl Remembered<'_> {
    pub(super) fn get_or_read(
        self,
        read: &Read,
        make: impl FnOnce() -> Result<Option<Entry>, Unreadable>,
    ) -> Result<Rc<Reading>, Unreadable> {
        if let Some(known) = self.memo.worlds.borrow()[self.position].1.get(read) {
            return known.clone();
        }
        // Reading one setting may read another.
        let made = make().map(Reading::new);
        self.memo.worlds.borrow_mut()[self.position].1.insert(read, made.clone());
        made
    }
}
