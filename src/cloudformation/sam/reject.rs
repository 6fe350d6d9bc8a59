//! Why the transform refuses a template or a part of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A refusal with its place.
#[derive(Debug)]
pub(super) struct Reject {
    /// One sentence without a final stop.
    pub(super) message: String,
    /// The exact place.
    pub(super) span: Span,
}

/// What a step of the transform yields.
pub(super) type Outcome<T> = Result<T, Reject>;

impl Reject {
    /// A refusal.
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Reject { message: message.into(), span }
    }

    /// As the caller of the transform gets it.
    pub(super) fn into_diagnostic(self) -> Diagnostic {
        Diagnostic::error(Code::Template, self.message, self.span)
    }
}

/// Shorthand for `Err(Reject::new(…))`.
pub(super) fn reject<T>(span: Span, message: impl Into<String>) -> Outcome<T> {
    Err(Reject::new(span, message))
}
