//! Rego rules: load, evaluate, memoise; verdicts over possible worlds.

#[cfg(test)]
mod agreement;
mod bounded;
mod code;
mod engine;
pub mod examples;
mod guard;
mod input;
mod inspect;
mod judge;
mod library;
mod marks;
pub mod metadata;
mod metadata_reader;
mod modules;
mod paths;
mod place;
mod plan;
mod raw;
mod reads;
mod recursion;
pub mod remediation;
mod rule;
mod set;
mod shared;
mod worlds;

pub use engine::{Denial, Program, Segment};
pub use inspect::views;
pub use judge::judge;
pub use rule::Rule;
pub use set::{RuleSet, Selection, UserFile, UserFileKind};
