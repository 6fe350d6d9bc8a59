//! A value that is there, in the form that rules see: by the type of its setting.

use std::sync::Arc;

use super::instance::Instance;
use super::memo::Below;
use super::model::{Location, Setting, SettingType};
use super::name::Name;
use super::read::{Reader, Unreadable};
use super::scalar::{boolean, number, of_literal, spelt, string};
use super::target::means;
use super::walk::{Undecided, head, undecided_inside};
use super::{key, secret, text};
use crate::source::Span;
use crate::value::{Entry, Known, Literal, Value};

/// How deep settings may refer to settings of other resources.
const MAX_REFERENCES: usize = 3;

impl Reader<'_> {
    /// A value that is there, in the form that rules see.
    pub(super) fn normal(
        &self,
        name: Name<'_>,
        setting: &Setting,
        location: &Location,
        entry: Entry,
        below: &Below,
    ) -> Result<Option<Entry>, Unreadable> {
        let anchor = entry.key.or(entry.place).unwrap_or(self.main_anchor());
        let value = self.mapped(&entry.value, location);
        let value = match &setting.ty {
            SettingType::Present if is_empty(&value) => return self.absent(name, setting, anchor),
            SettingType::Present => Value::bool(true).with_origin(value.origin),
            SettingType::Target => self.target(&value)?,
            SettingType::View(view) => self.referred(view, &value, below)?,
            SettingType::Text => text::searchable(&value),
            SettingType::Secret => match secret::describe(&value) {
                Some(secret) => secret,
                None => return Ok(Some(Entry { key: Some(anchor), place: None, value: Value::null() })),
            },
            SettingType::Key => match self.key(name, setting, &value, below)? {
                Some(key) => key,
                None => return self.absent(name, setting, anchor),
            },
            SettingType::Policy(kind) => self.policy(name, &value, kind, below)?,
            SettingType::Any => self.any(&value)?,
            _ if value.is_unknown() => self.unknown(name, setting, &value, anchor)?,
            SettingType::Bool => boolean(value),
            SettingType::String => string(value),
            SettingType::Number => number(value),
            SettingType::List => self.list(name, setting, value, anchor)?,
        };
        Ok(Some(Entry { value, ..entry }))
    }

    /// An unknown value as what it is in this world.
    ///
    /// # Errors
    /// What has to be decided first: one of the values that it may have.
    fn unknown(&self, name: Name<'_>, setting: &Setting, value: &Value, anchor: Span) -> Result<Value, Unreadable> {
        let Some(unknown) = value.as_unknown() else { return Ok(value.clone()) };
        if let (Known::Variable(variable), false) = (&unknown.known, setting.ty == SettingType::List) {
            let listed = Some(setting.values.as_slice()).filter(|values| !values.is_empty());
            if let Some(domain) = variable.domain.as_deref().or(listed) {
                return Err(Undecided::OneOf(Arc::clone(variable), domain.to_vec()).into());
            }
        }
        let opened = self.opaque(name, setting, unknown.reason.clone(), Some(anchor))?;
        Ok(opened.value.with_origin(value.origin.clone()))
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
        let described = match key::describe(value, self.index) {
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
        if let (Some(resource), true) = (resource, is_asked)
            && let Some(instance) = self.lookup.instance(key::VIEW, resource)
            && let Some(read) = self.settings_of(&instance, below)?
            && let Some(more) = read.as_map()
        {
            entries.extend(more.iter().map(|(key, entry)| (Arc::clone(key), entry.clone())));
        }
        Ok(Some(Value::object(entries).with_origin(value.origin.clone())))
    }

    /// The settings `below` of the resource that a value means; null if that is not in this unit.
    fn referred(&self, view: &str, value: &Value, below: &Below) -> Result<Value, Unreadable> {
        let Some(instance) = self.lookup.meant(view, value) else { return Ok(Value::null()) };
        Ok(self.settings_of(&instance, below)?.unwrap_or_else(Value::null))
    }

    /// The settings `below` of another instance; `None` where it does not have them, or past too many references.
    fn settings_of(&self, other: &Instance, below: &Below) -> Result<Option<Value>, Unreadable> {
        if self.depth >= MAX_REFERENCES {
            return Ok(None);
        }
        let reader = Reader { instance: other, depth: self.depth + 1, memo: None, ..*self };
        match reader.read(below.of(&other.view)) {
            Ok(read) => Ok(Some(read)),
            Err(Unreadable::NotApplicable) => Ok(None),
            Err(undecided) => Err(undecided),
        }
    }
}

/// Whether a value is written, but says nothing.
fn is_empty(value: &Value) -> bool {
    value.as_str() == Some("") || value.as_list().is_some_and(<[Value]>::is_empty)
}
