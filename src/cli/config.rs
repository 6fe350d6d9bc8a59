//! Which `sealint.toml` to read.

use std::io;
use std::path::PathBuf;

use crate::project::{self, Loaded};
use crate::source::Sources;

/// Which configuration file to read.
#[derive(clap::Args, Debug, Default)]
pub(super) struct ConfigArgs {
    /// Read this configuration file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long)]
    no_config: bool,
}

impl ConfigArgs {
    /// Whether the file is looked for.
    pub(super) fn is_found(&self) -> bool {
        self.config.is_none() && !self.no_config
    }

    /// The configuration for a check of `paths`.
    pub(super) fn load(&self, paths: &[PathBuf], sources: &Sources) -> io::Result<Loaded> {
        let path = match (&self.config, self.no_config) {
            (Some(path), _) => Some(path.clone()),
            (None, true) => None,
            (None, false) => project::find_own(paths)?,
        };
        project::read(path.as_deref(), sources)
    }
}
