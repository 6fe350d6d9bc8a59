//! The other direction: where a setting is written, or would be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Each, Holder, Location, Path, SettingType, Step};
use super::read::Reader;
use super::walk::walk;
use crate::resource::Resource;
use crate::value::{Kind, Literal, Value};

/// The one place at which a setting is to be written.
#[derive(Clone, Debug)]
pub struct Slot<'a> {
    /// The resource that holds it.
    pub resource: &'a Resource,
    /// What the setting is called there.
    pub key: Arc<str>,
    /// What stands there now.
    pub now: Now,
    map: BTreeMap<Literal, Literal>,
}

/// What stands where a setting is to be written.
#[derive(Clone, Debug)]
pub enum Now {
    /// This value.
    Value(Value),
    /// Nothing: the key would go into these settings of the resource itself.
    Body(Value),
    /// Nothing: the key would go into this block or mapping.
    Inner(Value),
}

impl Slot<'_> {
    /// A value as rules see it, as it is written here.
    pub fn written(&self, seen: &Literal) -> Literal {
        let written = self.map.iter().find(|(_, mapped)| *mapped == seen).map(|(written, _)| written);
        written.unwrap_or(seen).clone()
    }
}

impl<'a> Reader<'a> {
    /// Where to write a plain setting, if that is sure: it is there, or the block that would hold it is.
    pub fn slot(&self, name: &str) -> Option<Slot<'a>> {
        let setting = self.instance.view.settings.get(name)?;
        let plain = matches!(setting.ty, SettingType::Bool | SettingType::String | SettingType::Number);
        if !plain || setting.each != Each::No {
            return None;
        }
        let mut absent = None;
        for location in setting.locations(self.instance.shape) {
            let Some(path) = location.path.as_ref().filter(|_| location.holder != Holder::Meta) else { continue };
            let Ok([Some((resource, when))]) = <[_; 1]>::try_from(self.holders(location).collect::<Vec<_>>()) else {
                continue;
            };
            if when.and(&resource.exists).holds(self.world) != Some(true) {
                return None;
            }
            let Some(Step::Key(key)) = path.0.last() else { continue };
            let slot = |now: Now| Slot { resource, key: Arc::clone(key), now, map: location.map.clone() };
            if let Some(entry) = walk(location.root(resource), resource.header, path, self.world).ok()?.found {
                return Some(slot(Now::Value(entry.value)));
            }
            if absent.is_none() {
                absent = self.room(location, path, resource).map(slot);
            }
        }
        absent
    }

    /// The settings that would hold the last key of a path, if they are there and do not have it.
    fn room(&self, location: &Location, path: &Path, resource: &'a Resource) -> Option<Now> {
        let (last, outer) = path.0.split_last()?;
        let root = location.root(resource);
        let holder = match outer.is_empty() {
            true => root.clone(),
            false => walk(root, resource.header, &Path(outer.to_vec()), self.world).ok()?.found?.value,
        };
        let holder = match &holder.kind {
            Kind::List(list) => list.items.first()?.clone(),
            _ => holder,
        };
        let Step::Key(key) = last else { return None };
        let free = holder.as_map().is_some_and(|entries| !entries.contains_key(key));
        free.then_some(if outer.is_empty() { Now::Body(holder) } else { Now::Inner(holder) })
    }
}
