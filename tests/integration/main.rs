//! The one integration test binary: the real program on real files.

mod cli;
mod generated;
mod policies;
mod rules;
