//! Text to spanned trees.
//!
//! Every parser is a pure function `&Source -> (tree, Vec<Diagnostic>)`: it never fails whole. What parses is in the
//! tree, each error is a diagnostic with its span.
//!
//! Two trees: [`node::Node`] for data documents (YAML, JSON), and [`hcl::ast`] for the configuration language, into
//! which `.tf.json` is lowered as well.

pub mod fields;
pub mod hcl;
pub mod json;
pub mod node;
mod problems;
mod syntax;
pub mod template;
pub mod yaml;

pub use syntax::{Syntax, TERRAFORM_BLOCKS, begins_a_block};

/// How deep brackets, blocks, mappings and sequences may nest in any format.
pub const MAX_DEPTH: usize = 256;
