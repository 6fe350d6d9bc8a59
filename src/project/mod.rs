//! A repository made ready to be judged: its configuration, its rules, the values that are given from outside, the files.
//! And from there to findings as it wants them, with its suppressions.
//!
//! Both front ends stand on this: the command line adds flags, the editor mode adds texts that are not saved.

mod config;
mod confine;
mod implied;
mod inputs;
mod judge;
mod known;
mod rules;
mod scan;

use std::io;

pub use config::{Loaded, find, find_own, passed_over, read, repository};
pub use inputs::Given;
pub use judge::{Judged, judge};
pub use known::{base_of, configured_baseline, known_findings};
pub use rules::{Choice, user_files};
pub use scan::{Request, Scan};

/// An error with a message for the user.
pub(crate) fn failure(message: impl Into<String>) -> io::Error {
    io::Error::other(message.into())
}
