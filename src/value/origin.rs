//! Where a value was written, and the path by which it came.

use std::sync::Arc;

use crate::source::Span;

/// The place at which a value was written and its path from there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Origin {
    /// Where the literal (or the expression that computes the value) stands. `None`: nobody wrote it.
    pub span: Option<Span>,
    /// The last hop of its way, if it was passed on at all.
    pub via: Option<Arc<Hop>>,
}

/// One step on a value's way.
#[derive(Clone, PartialEq, Debug)]
pub struct Hop {
    /// The expression that passed the value on.
    pub span: Span,
    /// What sort of step.
    pub kind: HopKind,
    /// The step before.
    pub before: Option<Arc<Hop>>,
}

/// The sorts of [`Hop`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HopKind {
    /// A reference by this name: `var.x`, `local.y`, `Ref`.
    Reference(Arc<str>),
    /// An argument of a module call or a nested stack's parameter.
    Argument(Arc<str>),
    /// An output of a module or nested stack.
    Output(Arc<str>),
    /// A function call or template that computed it.
    Computed(Arc<str>),
    /// Written by a transform (SAM) for this reason.
    Generated(Arc<str>),
}

impl Origin {
    /// The most hops that are kept; further ones are not recorded (a value in a cycle of modules).
    pub const MAX_HOPS: usize = 64;

    /// Nobody wrote it.
    pub const fn none() -> Self {
        Origin { span: None, via: None }
    }

    /// Written at `span`.
    pub const fn at(span: Span) -> Self {
        Origin { span: Some(span), via: None }
    }

    /// The same origin, one hop further.
    #[must_use]
    pub fn hop(&self, span: Span, kind: HopKind) -> Self {
        if self.hops().count() >= Self::MAX_HOPS {
            return self.clone();
        }
        Origin { span: self.span, via: Some(Arc::new(Hop { span, kind, before: self.via.clone() })) }
    }

    /// Where it is written. What nobody wrote stands where it was last passed on.
    pub fn place(&self) -> Option<Span> {
        self.span.or(self.via.as_ref().map(|hop| hop.span))
    }

    /// The same way with other places.
    #[must_use]
    pub fn moved(&self, place: &impl Fn(Span) -> Span) -> Self {
        let mut hops: Vec<&Hop> = self.hops().collect();
        hops.reverse();
        let start = Origin { span: self.span.map(place), via: None };
        hops.into_iter().fold(start, |origin, hop| origin.hop(place(hop.span), hop.kind.clone()))
    }

    /// The origin of a part of a value that came by itself into `whole` and went on with it.
    #[must_use]
    pub fn within(&self, whole: &Origin) -> Self {
        match (&self.via, &whole.via) {
            (_, None) => self.clone(),
            (None, Some(_)) => Origin { span: self.span, via: whole.via.clone() },
            (Some(own), Some(on)) if Arc::ptr_eq(own, on) => self.clone(),
            // What it has come already counts once, for example where a function keeps the way of its argument.
            (Some(_), Some(_)) => {
                let same = |a: &Hop, b: &Hop| a.span == b.span && a.kind == b.kind;
                let mut hops: Vec<&Hop> = whole.hops().filter(|hop| !self.hops().any(|own| same(own, hop))).collect();
                hops.reverse();
                hops.into_iter().fold(self.clone(), |origin, hop| origin.hop(hop.span, hop.kind.clone()))
            }
        }
    }

    /// The hops, last first.
    pub fn hops(&self) -> impl Iterator<Item = &Hop> {
        std::iter::successors(self.via.as_deref(), |hop| hop.before.as_deref())
    }
}
