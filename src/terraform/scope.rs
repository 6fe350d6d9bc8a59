//! What names mean where an expression stands.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::parse::hcl::ast::Ident;
use crate::value::Value;

/// The names that an expression can refer to.
///
/// Evaluation hands the scope the longest prefix of a traversal that is made of names only (`module.a.out`,
/// `aws_s3_bucket.b.id`), so that a scope can evaluate just what is asked for.
pub trait Scope {
    /// The value of the first names of `path` (at least one), with the number of names it covers. Evaluation applies the
    /// remaining names and steps to the value. `None`: there is no such name.
    ///
    /// Variables of `for` expressions and templates never reach this scope.
    fn resolve(&self, path: &[Ident], diagnostics: &mut Vec<Diagnostic>) -> Option<(Value, usize)>;

    /// Access to files below the configuration's root, for `file`, `templatefile` and `fileset`.
    fn files(&self) -> Option<Arc<dyn Files>> {
        None
    }
}

/// Confined access to files: nothing outside the root is read, symbolic links included.
pub trait Files: Send + Sync {
    /// The content of the file at `path`, relative to the folder of the module that asks.
    ///
    /// # Errors
    /// What went wrong, as a phrase for the user: not found, outside the root, too large.
    fn read(&self, path: &str) -> Result<Arc<crate::source::Source>, String>;

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
