//! The one integration test binary: the real program on real files.

mod cli;
mod generated;
mod hostile;
mod policies;
mod rules;
