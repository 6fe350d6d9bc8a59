//! The one integration test binary: the real program on real files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod baseline;
mod cli;
mod cloudformation;
mod configuration;
mod documents;
mod fixes;
mod founding;
mod generated;
mod hostile;
mod lsp;
mod named_files;
mod parameters;
mod place;
mod policies;
mod policy_files;
mod reports;
mod repository;
mod rules;
mod stdin;
mod support;
mod suppressions;
mod terraform;
mod who_can;
