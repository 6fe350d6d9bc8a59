//! sealint: is everything sealed?
//!
//! A linter for encryption and key access in infrastructure code. See `ARCHITECTURE.md` for the rooms and the flow.

pub mod access;
pub mod base;
pub mod baseline;
pub mod check;
pub mod cli;
pub mod cloudformation;
mod columns;
pub mod config;
pub mod diagnostic;
pub mod discover;
pub mod docs;
pub mod files;
pub mod finding;
pub mod fingerprint;
pub mod fix;
pub mod focus;
pub mod iam;
pub mod load;
pub mod lsp;
mod parallel;
pub mod parse;
pub mod partition;
pub mod project;
pub mod report;
pub mod resource;
pub mod rules;
pub mod source;
pub mod suggest;
pub mod suppress;
pub mod terraform;
pub mod value;
pub mod verify;
pub mod view;
