//! The settings of an instance, as rules see them, in a possible world.

use std::rc::Rc;
use std::sync::Arc;

use super::instance::{Instance, Instances};
use super::key;
use super::memo::{Below, Memo, Read, Reading};
use super::model::{Default, Each, Holder, Location, Setting, SettingType, Shape};
use super::name::Name;
use super::scalar::of_literal;
use super::walk::{Undecided, Walked, walk};
use crate::resource::Resource;
use crate::source::Span;
use crate::value::{Condition, Entries, Entry, Kind, Literal, Reason, Value, Variable, World};

/// Finds the instances of other views, for settings that refer to them.
pub trait Lookup {
    /// The instance of the named view whose main resource is this one.
    fn instance(&self, view: &str, resource: usize) -> Option<Instance>;

    /// The instance of the named view that a value means.
    fn meant(&self, view: &str, value: &Value) -> Option<Instance>;
}

/// Reads settings of one instance in one world.
pub struct Reader<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// The unit it is in.
    pub index: &'a Instances<'a>,
    /// Other instances.
    pub lookup: &'a dyn Lookup,
    /// The world.
    pub world: &'a World,
    /// How many references were followed to come here.
    pub depth: usize,
    /// What was read of this instance before.
    pub memo: Option<&'a Memo>,
}

/// Why a setting has no value for rules.
#[derive(Clone, PartialEq, Debug)]
pub enum Unreadable {
    /// The world has to decide something first.
    Undecided(Undecided),
    /// This type of resource does not have the setting: rules that read it do not apply.
    NotApplicable,
}

impl From<Undecided> for Unreadable {
    fn from(undecided: Undecided) -> Self {
        Unreadable::Undecided(undecided)
    }
}

impl<'a> Reader<'a> {
    /// The settings to read, in the order of `reads`.
    ///
    /// # Errors
    /// What has to be decided first, or that the rule does not apply.
    pub fn readings(&self, reads: &[Read]) -> Result<Vec<Rc<Reading>>, Unreadable> {
        let settings = &self.instance.view.settings;
        let remembered = self.memo.and_then(|memo| memo.of(self.world));
        let known = reads.iter().filter_map(|read| Some((read, settings.get_index(read.setting)?)));
        let reading = known.map(|(read, (name, setting))| {
            let make = || self.setting(name, setting, &read.below);
            match remembered {
                Some(remembered) => remembered.get_or_read(read, make),
                None => Ok(Reading::new(make()?)),
            }
        });
        reading.collect()
    }

    /// What was read as one mapping. Absent settings have no entry unless AWS has a default.
    pub fn compose(&self, reads: &[Read], readings: &[Rc<Reading>]) -> Value {
        let mut root = Entries::default();
        for (read, reading) in reads.iter().zip(readings) {
            let name = self.instance.view.settings.get_index(read.setting).map(|(name, _)| name);
            if let (Some(name), Some(entry)) = (name, &reading.entry) {
                insert(&mut root, name, entry.clone(), self.main_anchor());
            }
        }
        Value::object(root)
    }

    /// The settings to read as one mapping.
    ///
    /// # Errors
    /// What has to be decided first, or that the rule does not apply.
    pub fn read(&self, reads: &[Read]) -> Result<Value, Unreadable> {
        Ok(self.compose(reads, &self.readings(reads)?))
    }

    /// Whether the instance exists in this world.
    ///
    /// # Errors
    /// What has to be decided first.
    pub fn exists(&self) -> Result<bool, Undecided> {
        self.holds(&self.anchor_resource().exists)
    }

    pub(super) fn holds(&self, condition: &Condition) -> Result<bool, Undecided> {
        match condition.holds(self.world) {
            Some(holds) => Ok(holds),
            None => Err(Undecided::of(condition, self.world)
                .unwrap_or_else(|| Undecided::Opaque(Reason::Unsupported("a condition".into())))),
        }
    }

    /// The resource that stands for the instance: the main one, or the companion on its own.
    pub fn anchor_resource(&self) -> &'a Resource {
        let index = self.instance.resource().unwrap_or_default();
        &self.index.unit.resources[index]
    }

    pub(super) fn main_anchor(&self) -> Span {
        self.anchor_resource().header
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.instance.view.shapes[self.instance.shape]
    }

    /// One setting: `None` if it is absent and has no default.
    fn setting(&self, name: &str, setting: &Setting, below: &Below) -> Result<Option<Entry>, Unreadable> {
        if setting.each != Each::No {
            return self.each(name, setting, below).map(Some);
        }
        let mut applicable = setting.defaults.contains_key(&self.instance.shape);
        let mut best: Option<Walked> = None;
        let name = Name::Setting(name);
        for location in setting.locations(self.instance.shape) {
            let Some(path) = &location.path else {
                applicable = true;
                continue;
            };
            for holder in self.holders(location) {
                let Some((resource, when)) = holder else {
                    applicable |= self.instance.main.is_some();
                    continue;
                };
                applicable = true;
                if !self.is_held(resource, when)? {
                    continue;
                }
                let walked = match walk(location.root(resource), resource.header, path, self.world) {
                    Ok(walked) => walked,
                    Err(Undecided::Opaque(reason)) => return self.opaque(name, setting, reason, None).map(Some),
                    Err(undecided) => return Err(undecided.into()),
                };
                if let Some(entry) = walked.found {
                    return self.normal(name, setting, location, entry, below);
                }
                if best.as_ref().is_none_or(|before| walked.depth > before.depth) {
                    best = Some(walked);
                }
            }
        }
        if !applicable {
            return Err(Unreadable::NotApplicable);
        }
        let anchor = best.map_or(self.main_anchor(), |walked| walked.anchor);
        self.absent(name, setting, anchor)
    }

    /// The resources in which a location is kept, and when each is named; `None` in it for a companion that is not there.
    pub(super) fn holders<'s>(
        &'s self,
        location: &'s Location,
    ) -> impl Iterator<Item = Option<(&'a Resource, &'s Condition)>> + 's {
        const ALWAYS: &Condition = &Condition::Constant(true);
        let resources = &self.index.unit.resources;
        let (main, part) = match &location.holder {
            Holder::Main | Holder::Meta => (self.instance.main, None),
            Holder::Part(part) => (None, Some(part)),
        };
        let parts = self.instance.parts().filter(move |companion| Some(&companion.part) == part);
        let missing = part.filter(|part| !self.instance.parts().any(|companion| companion.part == **part));
        let there = main.into_iter().map(|main| (main, ALWAYS));
        let there = there.chain(parts.map(|companion| (companion.resource, &companion.when)));
        there.map(|(index, when)| Some((&resources[index], when))).chain(missing.map(|_| None))
    }

    /// Whether a resource that holds a setting is there in this world, and is the one that is named.
    pub(super) fn is_held(&self, resource: &Resource, when: &Condition) -> Result<bool, Undecided> {
        Ok(self.holds(when)? && self.holds(&resource.exists)?)
    }

    pub(super) fn absent(&self, name: Name<'_>, setting: &Setting, anchor: Span) -> Result<Option<Entry>, Unreadable> {
        let value = match setting.default(self.instance.shape) {
            Default::Value(value) => value.clone(),
            Default::Absent if setting.ty == SettingType::Present => Value::bool(false),
            // The absence of a policy has facts too: nothing is denied.
            Default::Absent if let SettingType::Policy(kind) = &setting.ty => {
                self.policy(name, &Value::null(), kind, &Below::default())?
            }
            Default::Absent if setting.ty == SettingType::List => Value::list(Vec::new()),
            Default::Absent => Value::null(),
            Default::Unknown(why) => {
                let reason = Reason::External(Arc::clone(why));
                return self.opaque(name, setting, reason, Some(anchor)).map(Some);
            }
        };
        Ok(Some(Entry { key: Some(anchor), place: None, value }))
    }

    /// A setting that is unknown as a whole, as what it is in this world.
    pub(super) fn opaque(
        &self,
        name: Name<'_>,
        setting: &Setting,
        reason: Reason,
        anchor: Option<Span>,
    ) -> Result<Entry, Unreadable> {
        let domain = match &setting.ty {
            SettingType::Bool | SettingType::Present => vec![Literal::Bool(true), Literal::Bool(false)],
            SettingType::Key => key::domain(),
            _ => setting.values.clone(),
        };
        if domain.is_empty() {
            return Err(Undecided::Opaque(reason).into());
        }
        let variable = Arc::new(Variable {
            key: format!("{}#{name}", self.anchor_resource().address).into(),
            name: reason.subject(),
            domain: Some(domain.clone().into()),
            phrases: if setting.ty == SettingType::Key { &key::PHRASES } else { &[] },
            span: None,
        });
        let Some(chosen) = self.world.get(&variable) else {
            return Err(Undecided::OneOf(variable, domain).into());
        };
        let key = anchor.unwrap_or(self.main_anchor());
        let value = match setting.ty {
            SettingType::Key => key::of_literal(chosen),
            _ => of_literal(chosen),
        };
        Ok(Entry { key: Some(key), place: None, value })
    }
}

/// How a read relates to a setting: `Some("")` reads all of it, `Some(rest)` into it.
pub(super) fn inner(read: &str, setting: &str) -> Option<Arc<str>> {
    if read.is_empty() || read == setting {
        return Some("".into());
    }
    if let Some(rest) = read.strip_prefix(setting).and_then(|rest| rest.strip_prefix('.')) {
        return Some(rest.into());
    }
    setting.strip_prefix(read)?.starts_with('.').then(|| "".into())
}

/// Puts an entry under a dotted name; `null` values stay out, but keep their place for [`super::locate`].
pub(super) fn insert(root: &mut Entries, name: &str, entry: Entry, anchor: Span) {
    match name.split_once('.') {
        None => {
            root.insert(name.into(), entry);
        }
        Some((first, rest)) => {
            let slot = root.entry(first.into()).or_insert_with(|| Entry {
                key: Some(anchor),
                place: None,
                value: Value::object(Entries::default()),
            });
            if let Kind::Map(map) = &mut slot.value.kind {
                insert(&mut Arc::make_mut(map).entries, rest, entry, anchor);
            }
        }
    }
}
