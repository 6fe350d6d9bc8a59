//! The settings of an instance, as rules see them, in a possible world.

use std::rc::Rc;
use std::sync::Arc;

use super::instance::{Instance, Instances, means};
use super::memo::{Below, Memo, Read, Reading};
use super::model::{Default, Each, Holder, Location, Setting, SettingType, Shape};
use super::name::Name;
use super::scalar::{boolean, number, of_literal, spelt, string};
use super::walk::{Undecided, Walked, head, undecided_inside, walk, walk_each};
use super::{key, secret, text};
use crate::resource::Resource;
use crate::source::Span;
use crate::value::{Entries, Entry, Kind, Known, Literal, Reason, Value, Variable, World};

/// How deep settings may refer to settings of other resources.
const MAX_REFERENCES: usize = 3;

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

    fn holds(&self, condition: &crate::value::Condition) -> Result<bool, Undecided> {
        match condition.holds(self.world) {
            Some(holds) => Ok(holds),
            None => Err(Undecided::of(condition, self.world)
                .unwrap_or_else(|| Undecided::Opaque(Reason::Unsupported("a condition".into())))),
        }
    }

    /// The resource that stands for the instance: the main one, or the companion on its own.
    pub fn anchor_resource(&self) -> &'a Resource {
        let first = self.instance.parts.first().map(|(_, part)| *part);
        let index = self.instance.main.or(first).unwrap_or_default();
        &self.index.unit.resources[index]
    }

    fn main_anchor(&self) -> Span {
        self.anchor_resource().header
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.instance.view.shapes[self.instance.shape]
    }

    /// A setting at every item of the lists on its way, as a list of `{"value": …}`, empty where it is absent;
    /// an empty list where this type of resource does not have the setting.
    fn each(&self, name: &str, setting: &Setting, below: &Below) -> Result<Entry, Unreadable> {
        let mut items = Vec::new();
        for location in setting.locations(self.instance.shape) {
            let Some(path) = &location.path else { continue };
            for resource in self.holders(location).flatten() {
                if !self.holds(&resource.exists)? {
                    continue;
                }
                let ends = match walk_each(location.root(resource), resource.header, path, self.world) {
                    Ok(ends) => ends,
                    // Something is there or not, and if it is, it may be anything.
                    Err(Undecided::Opaque(reason)) => {
                        let name = Name::Item(&Name::Setting(name), items.len());
                        items.push(self.opaque(name, setting, reason, None)?);
                        continue;
                    }
                    Err(undecided) => return Err(undecided.into()),
                };
                for walked in ends {
                    let whole = Name::Setting(name);
                    let name = Name::Item(&whole, items.len());
                    let here = walked.depth + 1 >= path.0.len();
                    let scalar = !matches!(setting.ty, SettingType::Any | SettingType::List | SettingType::Policy(_));
                    if let (true, Some(Entry { value, .. })) = (scalar, &walked.found)
                        && let Some(list) = value.as_list()
                    {
                        for item in list {
                            let at = item.origin.span.unwrap_or(walked.anchor);
                            let entry = Entry { key: Some(at), place: None, value: head(item.clone(), self.world)? };
                            items.extend(self.normal(name, setting, location, entry, below)?);
                        }
                        continue;
                    }
                    let entry = match walked.found {
                        Some(entry) => self.normal(name, setting, location, entry, below)?,
                        None if setting.each == Each::Present && !here => continue,
                        None => self.absent(name, setting, walked.anchor)?,
                    };
                    items.push(entry.unwrap_or(Entry { key: Some(walked.anchor), place: None, value: Value::null() }));
                }
            }
        }
        let first = items.first().and_then(|entry| entry.key.or(entry.place));
        let values = items.into_iter().map(|entry| Value::object(Entries::from_iter([(Arc::from("value"), entry)])));
        Ok(Entry { key: first, place: None, value: Value::list(values.collect()) })
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
            for resource in self.holders(location) {
                let Some(resource) = resource else {
                    applicable |= self.instance.main.is_some();
                    continue;
                };
                applicable = true;
                if !self.holds(&resource.exists)? {
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

    /// The resources in which a location is kept; `None` in it for a companion that is not there.
    pub(super) fn holders<'s>(&'s self, location: &'s Location) -> impl Iterator<Item = Option<&'a Resource>> + 's {
        let resources = &self.index.unit.resources;
        let (main, part) = match &location.holder {
            Holder::Main | Holder::Meta => (self.instance.main, None),
            Holder::Part(part) => (None, Some(part)),
        };
        let held = move |(name, index): &'s (Arc<str>, usize)| (Some(name) == part).then_some(*index);
        let parts = self.instance.parts.iter().filter_map(held);
        let missing = part.filter(|part| !self.instance.parts.iter().any(|(name, _)| name == *part));
        let there = main.into_iter().chain(parts).map(|index| Some(&resources[index]));
        there.chain(missing.map(|_| None))
    }

    fn absent(&self, name: Name<'_>, setting: &Setting, anchor: Span) -> Result<Option<Entry>, Unreadable> {
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
    fn opaque(
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
            name: reason_name(&reason),
            domain: Some(domain.clone().into()),
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

    /// A value that is there, in the form that rules see.
    fn normal(
        &self,
        name: Name<'_>,
        setting: &Setting,
        location: &Location,
        entry: Entry,
        below: &Below,
    ) -> Result<Option<Entry>, Unreadable> {
        let anchor = entry.key.or(entry.place).unwrap_or(self.main_anchor());
        let value = self.mapped(&entry.value, location);
        if setting.ty == SettingType::Present {
            if value.as_str() == Some("") || value.as_list().is_some_and(<[Value]>::is_empty) {
                return self.absent(name, setting, anchor);
            }
            return Ok(Some(Entry { value: Value::bool(true).with_origin(value.origin), ..entry }));
        }
        if setting.ty == SettingType::Target {
            return Ok(Some(Entry { value: self.target(&value)?, ..entry }));
        }
        if let SettingType::View(view) = &setting.ty {
            let value = self.referred(view, &value, below)?;
            return Ok(Some(Entry { value, ..entry }));
        }
        if setting.ty == SettingType::Text {
            return Ok(Some(Entry { value: text::searchable(&value), ..entry }));
        }
        if setting.ty == SettingType::Secret {
            let described = secret::describe(&value).map(|value| Entry { value, ..entry });
            return Ok(described.or(Some(Entry { key: Some(anchor), place: None, value: Value::null() })));
        }
        if setting.ty == SettingType::Key {
            let value = match self.key(name, setting, &value, below)? {
                Some(value) => value,
                None => return self.absent(name, setting, anchor),
            };
            return Ok(Some(Entry { value, ..entry }));
        }
        if let (Some(unknown), false) =
            (value.as_unknown(), matches!(setting.ty, SettingType::Policy(_) | SettingType::Any))
        {
            if let (Known::Variable(variable), false) = (&unknown.known, setting.ty == SettingType::List) {
                let own = variable.domain.as_deref().map(<[Literal]>::to_vec);
                if let Some(domain) = own.or_else(|| Some(setting.values.clone()).filter(|values| !values.is_empty())) {
                    return Err(Undecided::OneOf(Arc::clone(variable), domain).into());
                }
            }
            let opened = self.opaque(name, setting, unknown.reason.clone(), Some(anchor))?;
            return Ok(Some(Entry { value: opened.value.with_origin(value.origin), ..entry }));
        }
        let value = match &setting.ty {
            SettingType::Bool => boolean(value),
            SettingType::String => string(value),
            SettingType::Number => number(value),
            SettingType::Policy(kind) => self.policy(name, &value, kind, below)?,
            SettingType::List => self.list(name, setting, value, anchor)?,
            SettingType::Any => self.any(&value)?,
            SettingType::Present
            | SettingType::Key
            | SettingType::Secret
            | SettingType::Text
            | SettingType::Target
            | SettingType::View(_) => value,
        };
        Ok(Some(Entry { value, ..entry }))
    }

    /// The settings `below` of the resource that a value means; null if that is not in this unit.
    fn referred(&self, view: &str, value: &Value, below: &Below) -> Result<Value, Unreadable> {
        let Some(instance) = self.lookup.meant(view, value).filter(|_| self.depth < MAX_REFERENCES) else {
            return Ok(Value::null());
        };
        let reader = Reader { instance: &instance, depth: self.depth + 1, memo: None, ..*self };
        match reader.read(below.of(&instance.view)) {
            Ok(read) => Ok(read),
            Err(Unreadable::NotApplicable) => Ok(Value::null()),
            Err(undecided) => Err(undecided),
        }
    }

    /// What a value points at: whether that is the main resource, and what is known of its text. Of a list, each item.
    ///
    /// # Errors
    /// What has to be decided first: a value of which nothing is known may point anywhere.
    fn target(&self, value: &Value) -> Result<Value, Unreadable> {
        if let Some(items) = value.as_list() {
            let targets: Result<Vec<Value>, Unreadable> =
                items.iter().map(|item| self.target(&head(item.clone(), self.world)?)).collect();
            return Ok(Value::list(targets?).with_origin(value.origin.clone()));
        }
        let main = self.instance.main.is_some_and(|main| means(value, main, self.shape(), self.index));
        let text = text::searchable(value);
        if let (Some(unknown), false) = (value.as_unknown(), main)
            && text.is_null()
            && !matches!(unknown.known, Known::Reference(_) | Known::Resource(_))
        {
            return Err(Undecided::Opaque(unknown.reason.clone()).into());
        }
        Ok(Value::from_pairs([("main", Value::bool(main)), ("text", text)]).with_origin(value.origin.clone()))
    }

    fn mapped(&self, value: &Value, location: &Location) -> Value {
        if location.map.is_empty() {
            return value.clone();
        }
        let mapped = Literal::of(value).and_then(|literal| match location.map.get(&literal) {
            Some(mapped) => Some(mapped),
            None => location.map.get(&Literal::Bool(spelt(value.as_str()?)?)),
        });
        match mapped {
            Some(literal) => of_literal(literal).with_origin(value.origin.clone()).mark(value.sensitive),
            None => value.clone(),
        }
    }

    fn list(&self, name: Name<'_>, setting: &Setting, value: Value, anchor: Span) -> Result<Value, Unreadable> {
        let items = match &value.kind {
            Kind::List(list) => list.items.clone(),
            _ => vec![value.clone()],
        };
        let mut read = Vec::with_capacity(items.len());
        for (number, item) in items.into_iter().enumerate() {
            let item = head(item, self.world)?;
            if item.is_null() {
                continue;
            }
            if setting.items.is_empty() {
                read.push(item.in_world(self.world));
                continue;
            }
            if let Some(unknown) = item.as_unknown() {
                return Err(Undecided::Opaque(unknown.reason.clone()).into());
            }
            let item_anchor = item.origin.span.unwrap_or(anchor);
            let mut entries = Entries::default();
            for (inner_name, inner) in &setting.items {
                let of = Name::Item(&name, number);
                if let Some(entry) = self.item_setting(Name::Inner(&of, inner_name), inner, &item, item_anchor)? {
                    insert(&mut entries, inner_name, entry, item_anchor);
                }
            }
            read.push(Value::object(entries).with_origin(item.origin.clone()));
        }
        Ok(Value::list(read).with_origin(value.origin))
    }

    /// A setting of a list's item, whose locations start at the item.
    fn item_setting(
        &self,
        name: Name<'_>,
        setting: &Setting,
        item: &Value,
        anchor: Span,
    ) -> Result<Option<Entry>, Unreadable> {
        let mut at = anchor;
        for location in setting.locations(self.instance.shape) {
            let Some(path) = &location.path else { continue };
            let walked = match walk(item, anchor, path, self.world) {
                Ok(walked) => walked,
                Err(Undecided::Opaque(reason)) => {
                    return self.opaque(name, setting, reason, Some(anchor)).map(Some);
                }
                Err(undecided) => return Err(undecided.into()),
            };
            at = walked.anchor;
            if let Some(entry) = walked.found {
                return self.normal(name, setting, location, entry, &Below::default());
            }
        }
        self.absent(name, setting, at)
    }

    /// A value as it is. What is unknown inside a mapping is left out; an unknown item makes a list unknown.
    fn any(&self, value: &Value) -> Result<Value, Unreadable> {
        if let Some(undecided) = undecided_inside(value, self.world) {
            return Err(undecided.into());
        }
        let value = value.in_world(self.world);
        let items = value.as_list().unwrap_or(std::slice::from_ref(&value));
        match items.iter().find_map(Value::as_unknown) {
            Some(unknown) => Err(Undecided::Opaque(unknown.reason.clone()).into()),
            None => Ok(value),
        }
    }

    /// A key, see [`key`]; with the settings `below` of the key's own resource if it is in this unit.
    fn key(
        &self,
        name: Name<'_>,
        setting: &Setting,
        value: &Value,
        below: &Below,
    ) -> Result<Option<Value>, Unreadable> {
        let described = match key::describe(value, self.index, self.world) {
            key::Described::Absent => return Ok(None),
            key::Described::Known(described) => described,
            key::Described::Unknown(reason) => {
                let entry = self.opaque(name, setting, reason, None)?;
                return Ok(Some(entry.value)
                    .filter(|value| !value.is_null())
                    .map(|v| v.with_origin(value.origin.clone())));
            }
        };
        let key::Key { mut entries, resource } = described;
        let is_asked = below.paths.iter().any(|path| !path.is_empty());
        if let (Some(resource), true, true) = (resource, is_asked, self.depth < MAX_REFERENCES)
            && let Some(instance) = self.lookup.instance(key::VIEW, resource)
        {
            let reader = Reader { instance: &instance, depth: self.depth + 1, memo: None, ..*self };
            match reader.read(below.of(&instance.view)) {
                Ok(read) => {
                    if let Some(more) = read.as_map() {
                        entries.extend(more.iter().map(|(key, entry)| (Arc::clone(key), entry.clone())));
                    }
                }
                Err(Unreadable::NotApplicable) => {}
                Err(undecided) => return Err(undecided),
            }
        }
        Ok(Some(Value::object(entries).with_origin(value.origin.clone())))
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
fn insert(root: &mut Entries, name: &str, entry: Entry, anchor: Span) {
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

fn reason_name(reason: &Reason) -> Arc<str> {
    match reason {
        Reason::NotGiven(name)
        | Reason::Computed(name)
        | Reason::External(name)
        | Reason::MissingModule(name)
        | Reason::Impure(name)
        | Reason::Depends(name)
        | Reason::Limit(name)
        | Reason::Unsupported(name) => Arc::clone(name),
        Reason::Invalid => "an expression in error".into(),
    }
}
