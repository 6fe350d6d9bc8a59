//! Rego rules: load, evaluate, memoise; verdicts over possible worlds.

pub mod metadata;
mod metadata_reader;
