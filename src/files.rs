//! What evaluation may read besides its input: files that a configuration names.

use std::sync::Arc;

use crate::source::Source;

/// Confined access to files: nothing outside the root is read, symbolic links included.
pub trait Files: Send + Sync {
    /// The content of the file at `path`, relative to the folder of the module or template that asks.
    ///
    /// # Errors
    /// What went wrong, as a phrase for the user: not found, outside the root, too large.
    fn read(&self, path: &str) -> Result<Arc<Source>, String>;

    /// The bytes of a file that need not be text (`filebase64`, `filesha256`).
    ///
    /// # Errors
    /// As for [`Files::read`].
    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Whether there is a regular file at `path`.
    ///
    /// # Errors
    /// When the path is outside the root.
    fn exists(&self, path: &str) -> Result<bool, String>;

    /// The files below `folder` whose path relative to it matches `pattern` (`*`, `**`, `?`, `{a,b}`), sorted.
    ///
    /// # Errors
    /// When the folder is outside the root or the walk exceeds a bound.
    fn glob(&self, folder: &str, pattern: &str) -> Result<Vec<String>, String>;
}
