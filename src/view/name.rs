//! Names of settings, made only where something is said of them.

use std::fmt;

/// What a setting is called: by its name, by its number where it is read at every item, by its name in an item.
#[derive(Clone, Copy)]
pub(super) enum Name<'n> {
    Setting(&'n str),
    Item(&'n Name<'n>, usize),
    Inner(&'n Name<'n>, &'n str),
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::Setting(name) => f.write_str(name),
            Name::Item(whole, number) => write!(f, "{whole}[{number}]"),
            Name::Inner(item, name) => write!(f, "{item}.{name}"),
        }
    }
}
