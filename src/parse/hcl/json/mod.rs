//! Terraform's JSON syntax (`.tf.json`, `.tofu.json`, `.tfvars.json`), lowered into the tree of the native syntax.
//!
//! The blocks of Terraform itself become blocks. What looks like a block of a provider cannot be told from an argument:
//! it becomes an argument with an object or a list of objects, which readers of resources take for the same.
//! <https://developer.hashicorp.com/terraform/language/syntax/json>

mod schema;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;
use schema::{BlockType, Reading, Schema};

use super::ast::{Attribute, Block, Body, Expr, ExprKind, Ident, ObjectItem};
use super::{parse_expr_text, parse_template_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, NodeKind};
use crate::source::Span;
use crate::value::Text;

/// Lowers a configuration file. The parser of JSON has reported what is no JSON and which keys occur twice.
pub fn lower(document: &Node) -> (Body, Vec<Diagnostic>) {
    lower_as(document, &schema::FILE)
}

/// Lowers a file of variables' values: every string is literal.
pub fn lower_values(document: &Node) -> (Body, Vec<Diagnostic>) {
    lower_as(document, &schema::VALUES)
}

fn lower_as(document: &Node, schema: &Schema) -> (Body, Vec<Diagnostic>) {
    let mut lowering = Lowering::default();
    let mut body = Body::default();
    for object in lowering.objects(document, "a configuration file") {
        lowering.body(object, schema, &mut body);
    }
    (body, lowering.diagnostics)
}

#[derive(Default)]
struct Lowering {
    diagnostics: Vec<Diagnostic>,
}

/// The key of a block with the keys of its labels so far.
#[derive(Clone)]
struct Header {
    kind: Ident,
    labels: Vec<Ident>,
}

impl Lowering {
    /// The objects of a body, which may be one or a list of them. `what` names it if it is neither.
    fn objects<'a>(&mut self, node: &'a Node, what: &str) -> Vec<&'a Node> {
        let nodes = match &node.kind {
            NodeKind::Sequence(items) => items.iter().collect(),
            NodeKind::Null => Vec::new(),
            _ => vec![node],
        };
        let (objects, others): (Vec<_>, Vec<_>) = nodes.into_iter().partition(|node| node.is_mapping());
        self.diagnostics.extend(others.into_iter().map(|other| {
            let message = format!("{what} must be an object or an array of objects");
            Diagnostic::error(Code::ParseError, message, other.span)
        }));
        objects
    }

    fn body(&mut self, object: &Node, schema: &Schema, body: &mut Body) {
        let mut seen = FxHashSet::default();
        for entry in object.entries() {
            let name = entry.key.as_str();
            if name == "//" {
                body.comments.push(entry.value.span);
            } else if let Some(block) = schema.blocks.iter().find(|block| block.name == name) {
                let header = Header { kind: ident(entry), labels: Vec::new() };
                self.blocks(&entry.value, block, header, entry.key_span, body);
            } else if seen.insert(name) {
                let special = schema.special.iter().find(|(special, _)| *special == name);
                let expr = self.expr(&entry.value, special.map_or(schema.reading, |(_, reading)| *reading));
                body.attributes.push(Attribute { name: ident(entry), expr });
            }
        }
    }

    /// The blocks under a key, through as many levels of labels as the type has. `key` is the last key above `node`.
    fn blocks(&mut self, node: &Node, block: &BlockType, header: Header, key: Span, body: &mut Body) {
        let objects = self.objects(node, &format!("`{}`", block.name));
        let single = objects.len() == 1;
        for object in objects {
            if header.labels.len() < block.labels {
                for entry in object.entries().iter().filter(|entry| entry.key.as_str() != "//") {
                    let mut header = header.clone();
                    header.labels.push(ident(entry));
                    self.blocks(&entry.value, block, header, entry.key_span, body);
                }
                continue;
            }
            let mut inside = Body::default();
            self.body(object, block.inside, &mut inside);
            let Header { kind, labels } = header.clone();
            // Of several blocks under one key, each is best known by its brace.
            let header = if single { key } else { Span { end: object.span.start + 1, ..object.span } };
            let close = Span { start: object.span.end.saturating_sub(1).max(object.span.start), ..object.span };
            body.blocks.push(Block { kind, labels, body: inside, header, span: header.to(object.span), close });
        }
    }

    fn expr(&mut self, node: &Node, reading: Reading) -> Expr {
        let kind = match &node.kind {
            NodeKind::Null => ExprKind::Null,
            NodeKind::Bool(value) => ExprKind::Bool(*value),
            NodeKind::Number(text) => ExprKind::Number(text.clone()),
            NodeKind::String(text) => self.string(text, node.span, reading),
            NodeKind::Sequence(items) => ExprKind::Tuple(items.iter().map(|item| self.expr(item, reading)).collect()),
            NodeKind::Mapping(entries) => {
                ExprKind::Object(entries.iter().map(|entry| self.object_item(entry, reading)).collect())
            }
        };
        Expr { span: node.span, kind }
    }

    fn object_item(&mut self, entry: &Entry, reading: Reading) -> ObjectItem {
        let within = match (reading, entry.key.as_str()) {
            (Reading::ProviderRequirement, "configuration_aliases") => Reading::Expression,
            _ => reading,
        };
        let kind = self.string(&entry.key, entry.key_span, reading);
        ObjectItem { key: Expr { span: entry.key_span, kind }, value: self.expr(&entry.value, within) }
    }

    fn string(&mut self, text: &Text, span: Span, reading: Reading) -> ExprKind {
        let is_template = text.as_str().contains("${") || text.as_str().contains("%{");
        let (expr, diagnostics) = match reading {
            Reading::Template | Reading::Expression if is_template => parse_template_text(text, span),
            Reading::Expression => parse_expr_text(text, span),
            Reading::Template | Reading::Literal | Reading::ProviderRequirement => {
                return ExprKind::String(text.clone());
            }
        };
        self.diagnostics.extend(diagnostics);
        expr.kind
    }
}

fn ident(entry: &Entry) -> Ident {
    Ident { name: entry.key.shared(), span: entry.key_span }
}
