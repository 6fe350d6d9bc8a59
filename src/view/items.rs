//! Settings of lists: one that is read at every item on its way, and lists whose items have settings of their own.

use std::sync::Arc;

use super::memo::Below;
use super::model::{Each, Setting, SettingType};
use super::name::Name;
use super::read::{Reader, Unreadable, insert};
use super::walk::{Undecided, head, walk, walk_each};
use crate::source::Span;
use crate::value::{Entries, Entry, Kind, Value};

impl Reader<'_> {
    /// A setting at every item of the lists on its way, as a list of `{"value": …}`, empty where it is absent;
    /// an empty list where this type of resource does not have the setting.
    pub(super) fn each(&self, name: &str, setting: &Setting, below: &Below) -> Result<Entry, Unreadable> {
        let mut items = Vec::new();
        for location in setting.locations(self.instance.shape) {
            let Some(path) = &location.path else { continue };
            for (resource, when) in self.holders(location).flatten() {
                if !self.is_held(resource, when)? {
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

    pub(super) fn list(
        &self,
        name: Name<'_>,
        setting: &Setting,
        value: Value,
        anchor: Span,
    ) -> Result<Value, Unreadable> {
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
}
