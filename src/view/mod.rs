//! Views: where each format keeps a setting, what AWS does when it is absent, how to set it.
//!
//! A [`View`] is data, read from a `*.view.yaml` file. An [`Instance`] is one resource seen through it: companion
//! resources are joined, and each setting can be read (in a possible world) and located.

mod instance;
mod items;
mod key;
mod load;
mod memo;
mod model;
mod name;
mod normal;
mod policy;
mod read;
mod scalar;
mod secret;
mod target;
mod text;
mod walk;
mod write;

use crate::value::Value;

pub use instance::{Instance, Instances, instances};
pub use load::{from_node, load};
pub use memo::{Memo, Read, Reading, Slots};
pub use model::{Default, Each, Holder, Join, Location, Part, Path, Setting, SettingType, Shape, Step, View};
pub use read::{Lookup, Reader, Unreadable};
pub use target::meant;
pub use walk::Undecided;
pub use write::{Now, Slot};

/// The KMS key in a unit that a value means, by reference or through an alias.
pub fn key_of(value: &Value, index: &Instances<'_>) -> Option<usize> {
    match key::describe(value, index) {
        key::Described::Known(found) => found.resource,
        key::Described::Absent | key::Described::Unknown(_) => None,
    }
}
