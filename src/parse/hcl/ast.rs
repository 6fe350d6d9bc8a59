//! The spanned tree of the configuration language.

use std::sync::Arc;

use crate::source::Span;
use crate::value::Text;

/// A name with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Ident {
    /// The name.
    pub name: Arc<str>,
    /// Where.
    pub span: Span,
}

/// The inside of a file or block.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Body {
    /// Attributes in the order of the text. Duplicates are reported by the parser; the first one is kept.
    pub attributes: Vec<Attribute>,
    /// Blocks in the order of the text.
    pub blocks: Vec<Block>,
    /// Comments directly in this body and in its expressions, in the order of the text.
    pub comments: Vec<Span>,
}

/// `name = expr`
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// The name.
    pub name: Ident,
    /// The expression.
    pub expr: Expr,
}

/// `type "label" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// The block type.
    pub kind: Ident,
    /// The labels; quoted labels have their quotes in the span, not in the name.
    pub labels: Vec<Ident>,
    /// The inside.
    pub body: Body,
    /// From the type to the last label: the line one would underline.
    pub header: Span,
    /// From the type to the closing brace.
    pub span: Span,
    /// The closing brace; empty at the end of the text when it is missing.
    pub close: Span,
}

/// An expression with its place.
///
/// Chains (`a + b + c`, `a.b.c`) lean to the left and may be as high as [`MAX_CHAIN`](super::MAX_CHAIN): what walks them
/// should loop along the left side rather than recurse.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// The whole expression.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of [`Expr`].
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(Box<str>),
    /// A string without interpolation: quoted, heredoc or template literal, decoded.
    String(Text),
    /// A string with interpolations or directives. A template of one lone interpolation keeps the type of its value.
    Template(Template),
    /// `[a, b]`
    Tuple(Vec<Expr>),
    /// `{ a = 1, (b) = 2 }`
    Object(Vec<ObjectItem>),
    /// A name: the root of a traversal, or a variable of a `for`.
    Variable(Ident),
    /// `base.name`
    GetAttr(Box<Expr>, Ident),
    /// `base[key]`, and the legacy `base.0`.
    Index(Box<Expr>, Box<Expr>),
    /// `base.*.rest` (attribute-only splat) or `base[*].rest` (full splat).
    Splat(Box<Splat>),
    /// `name(args…)`
    Call(Box<Call>),
    /// `-a` or `!a`
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`
    Binary(Box<Expr>, BinaryOp, Box<Expr>),
    /// `cond ? a : b`
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `[for …]` or `{for …}`
    For(Box<For>),
    /// `(a)`
    Parens(Box<Expr>),
    /// An expression that did not parse; the error is among the diagnostics. It evaluates to unknown.
    Invalid,
}

/// One item of an object expression.
#[derive(Clone, PartialEq, Debug)]
pub struct ObjectItem {
    /// The key as written. A bare identifier key is `ExprKind::Variable` and means its own name;
    /// in parentheses it is a reference.
    pub key: Expr,
    /// The value.
    pub value: Expr,
}

/// A splat with the traversal it applies to every element.
#[derive(Clone, PartialEq, Debug)]
pub struct Splat {
    /// What is iterated.
    pub source: Expr,
    /// `true` for `[*]`, `false` for `.*`.
    pub full: bool,
    /// The `*` with its dot or brackets.
    pub star: Span,
    /// The steps applied to each element.
    pub each: Vec<Step>,
}

/// One step of a splat's traversal.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// `.name`
    Attr(Ident),
    /// `[key]` or `.0`
    Index(Expr),
    /// A splat within a full splat: it applies to what the steps before it gave for one element.
    Splat {
        /// `true` for `[*]`, `false` for `.*`.
        full: bool,
        /// The `*` with its dot or brackets.
        star: Span,
        /// The steps applied to each element of it. After `[*]` these are all that follow.
        each: Vec<Step>,
    },
}

/// A function call.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// The name; namespaces (`provider::aws::arn_parse`) are part of it.
    pub name: Ident,
    /// The arguments.
    pub args: Vec<Expr>,
    /// Whether the last argument is expanded (`…`).
    pub expand: bool,
}

/// A `for` expression.
#[derive(Clone, PartialEq, Debug)]
pub struct For {
    /// The first of two variables.
    pub key_var: Option<Ident>,
    /// The only or second variable.
    pub value_var: Ident,
    /// What is iterated.
    pub collection: Expr,
    /// The key, in the object form.
    pub key: Option<Expr>,
    /// The element.
    pub value: Expr,
    /// Whether `…` groups values under one key.
    pub group: bool,
    /// The condition after `if`.
    pub condition: Option<Expr>,
}

/// A template: `"a ${b}"`, a heredoc, or a template file.
#[derive(Clone, PartialEq, Debug)]
pub struct Template {
    /// The parts, with strip markers and heredoc indentation already applied to the literals.
    pub parts: Vec<Part>,
}

/// A part of a template.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// Text.
    Literal(Text),
    /// `${expr}`
    Interpolation(Expr),
    /// `%{ if c }…%{ else }…%{ endif }`
    If {
        /// The condition.
        condition: Expr,
        /// When it holds.
        then: Vec<Part>,
        /// When it does not.
        otherwise: Vec<Part>,
    },
    /// `%{ for v in c }…%{ endfor }`
    For {
        /// The first of two variables.
        key_var: Option<Ident>,
        /// The only or second variable.
        value_var: Ident,
        /// What is iterated.
        collection: Expr,
        /// The body.
        body: Vec<Part>,
    },
}

/// Unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

/// Binary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
}

impl Body {
    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.name.name == name)
    }

    /// The blocks of this type.
    pub fn blocks_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| &*block.kind.name == kind)
    }
}
