//! How far a repository's own settings reach: what a configuration names lies in the repository, as what Terraform reads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::lexical;

/// The folder that holds all that files of one folder may name: the repository around it, or else the folder itself.
#[derive(Clone, Debug)]
pub struct Boundary {
    /// Without symbolic links.
    root: PathBuf,
    /// The folder that relative paths start from, without symbolic links.
    folder: PathBuf,
}

impl Boundary {
    /// The boundary around a folder.
    ///
    /// # Errors
    /// When it is not there.
    pub fn around(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let root = folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&folder).to_owned();
        Ok(Boundary { root, folder })
    }

    /// Whether a path leads to something within, by its names and after its symbolic links. What is not there counts by
    /// its names.
    pub fn holds(&self, path: &Path) -> bool {
        let named = lexical(&self.folder.join(path));
        named.starts_with(&self.root) && fs::canonicalize(&named).map_or(true, |real| real.starts_with(&self.root))
    }
}
