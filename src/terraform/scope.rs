//! What names mean where an expression stands.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
pub use crate::files::Files;
use crate::parse::hcl::ast::{Expr, Ident};
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

    /// The value of one instance: of the names `path`, an index `key` and the first names of `rest`, with the number of
    /// names of `rest` that it covers. `None`: evaluate `path` as a whole and apply index and names to it.
    ///
    /// So a scope evaluates no more of `module.a["x"].out` than that one output.
    fn resolve_instance(
        &self,
        path: &[Ident],
        key: &Value,
        rest: &[Ident],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Value, usize)> {
        let _ = (path, key, rest, diagnostics);
        None
    }

    /// The value of an expression without what is ephemeral in it, if something is for certain.
    fn without_ephemeral(&self, expr: &Expr) -> Option<Value> {
        let _ = expr;
        None
    }

    /// Access to files below the configuration's root, for `file`, `templatefile` and `fileset`.
    fn files(&self) -> Option<Arc<dyn Files>> {
        None
    }

    /// What keeps this scope apart from others of the same texts: the address of the module and, where there are several
    /// instances of what is evaluated, the instance (`module.a["x"].`). Two unknown conditions of one text in scopes of
    /// one prefix are one condition.
    fn prefix(&self) -> &str {
        ""
    }
}
