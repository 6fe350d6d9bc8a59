#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::parse::hcl::ast::{Part, Template};
use crate::source::{FileId, Source};

fn lowered(text: &str) -> (Source, Body, Vec<Diagnostic>) {
    let source = Source::new(FileId(0), "main.tf.json", text);
    let (node, problems) = crate::parse::json::parse(&source);
    assert_eq!(problems, []);
    let (body, diagnostics) = lower(&node);
    (source, body, diagnostics)
}

#[test]
fn blocks_have_their_labels_and_spans() {
    let text = r#"{"//": "why", "resource": {"aws_sqs_queue": {"a": {"name": "x", "lifecycle": {"ignore_changes": "all"}},
        "b": [{"name": "y"}, {"name": "z"}]}}, "locals": [{"p": 1}, {"q": 2}]}"#;
    let (source, body, diagnostics) = lowered(text);
    assert_eq!(diagnostics, []);
    let shown: Vec<_> = body
        .blocks
        .iter()
        .map(|block| {
            let labels: Vec<_> = block.labels.iter().map(|label| &*label.name).collect();
            (&*block.kind.name, labels.join("."), source.slice(block.header), source.slice(block.close))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("resource", "aws_sqs_queue.a".into(), "\"a\"", "}"),
            ("resource", "aws_sqs_queue.b".into(), "{", "}"),
            ("resource", "aws_sqs_queue.b".into(), "{", "}"),
            ("locals", String::new(), "{", "}"),
            ("locals", String::new(), "{", "}"),
        ]
    );
    assert_eq!(body.comments.len(), 1);
    let lifecycle = body.blocks[0].body.blocks_of("lifecycle").next().unwrap();
    assert!(matches!(lifecycle.body.attribute("ignore_changes").unwrap().expr.kind, ExprKind::Variable(_)));
}

#[test]
fn strings_are_read_as_their_argument_wants() {
    let text = r#"{"variable": {"v": {"type": "list(string)", "default": "${x}"}},
        "output": {"o": {"value": "\"\u00e9\" ${var.v[0]}", "depends_on": ["module.m"]}}}"#;
    let (source, body, diagnostics) = lowered(text);
    assert_eq!(diagnostics, []);
    let kind = |block: usize, name: &str| &body.blocks[block].body.attribute(name).unwrap().expr.kind;
    assert!(matches!(kind(0, "type"), ExprKind::Call(call) if &*call.name.name == "list"));
    assert!(matches!(kind(0, "default"), ExprKind::String(text) if text.as_str() == "${x}"));
    assert!(matches!(kind(1, "depends_on"), ExprKind::Tuple(items) if matches!(items[0].kind, ExprKind::GetAttr(..))));
    let ExprKind::Template(Template { parts }) = kind(1, "value") else { panic!("no template") };
    let [Part::Literal(literal), Part::Interpolation(expr)] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!(literal.as_str(), "\"é\" ");
    assert_eq!(source.slice(literal.span_of(1..3).unwrap()), "\\u00e9");
    assert_eq!(source.slice(expr.span), "var.v[0]");
}

#[test]
fn what_is_no_block_is_reported() {
    let (source, body, diagnostics) =
        lowered(r#"{"resource": {"aws_sqs_queue": {"a": 1, "b": {}}}, "output": {"o": {"value": "${x"}}}"#);
    assert_eq!(body.blocks.len(), 2);
    let places: Vec<_> = diagnostics.iter().map(|d| source.slice(d.span.unwrap())).collect();
    assert_eq!(places, ["1", "${"]);
    assert!(matches!(body.blocks[1].body.attribute("value").unwrap().expr.kind, ExprKind::Invalid));
}
