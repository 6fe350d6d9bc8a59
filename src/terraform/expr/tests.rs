#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use super::{condition_of, display, evaluate};
use crate::diagnostic::Diagnostic;
use crate::parse::hcl::ast::Ident;
use crate::parse::hcl::parse_expr;
use crate::source::{FileId, Source, Span};
use crate::terraform::scope::Scope;
use crate::value::{
    Condition, HopKind, Kind, Known, Literal, Origin, Reason, ResourceObject, StringPart, Type, Unknown, Value,
    Variable, World,
};

/// `var.NAME` is unknown, but for `var.given`; `aws_kms_key.k` is a resource with a description.
struct Surroundings;

impl Scope for Surroundings {
    fn resolve(&self, path: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let name = path.get(1).map(|ident| &*ident.name)?;
        let value = match &*path[0].name {
            "var" if name == "given" => Value::string("given"),
            "var" => {
                let ty = if name.starts_with("is_") { Type::Bool } else { Type::String };
                let key: Arc<str> = format!("var.{name}").into();
                let variable =
                    Variable { key: Arc::clone(&key), name: Arc::clone(&key), domain: None, phrases: &[], span: None };
                let unknown = Unknown::new(Reason::NotGiven(key)).typed(ty);
                Value::unknown(unknown.known(Known::Variable(Arc::new(variable))), Origin::none())
            }
            "aws_kms_key" => {
                let attributes = [("description".into(), crate::value::Entry::generated(Value::string("mine")))];
                let resource =
                    ResourceObject { address: "aws_kms_key.k".into(), attributes: attributes.into_iter().collect() };
                let unknown = Unknown::new(Reason::Computed("aws_kms_key.k".into()));
                Value::unknown(unknown.known(Known::Resource(Arc::new(resource))), Origin::none())
            }
            _ => return None,
        };
        Some((value, 2))
    }
}

fn run(text: &str) -> (Value, Vec<Diagnostic>) {
    let source = Source::new(FileId(0), "test.tf", text);
    let (expr, mut diagnostics) = parse_expr(&source);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    let value = evaluate(&expr, &Surroundings, &mut diagnostics);
    (value, diagnostics)
}

fn value(text: &str) -> Value {
    let (value, diagnostics) = run(text);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    value
}

fn error(text: &str) -> String {
    let (value, diagnostics) = run(text);
    assert!(matches!(value.kind, Kind::Unknown(ref unknown) if unknown.reason == Reason::Invalid), "{value:?}");
    diagnostics[0].message.clone()
}

fn condition(text: &str) -> Condition {
    match &value(text).as_unknown().unwrap().known {
        Known::Choice(choice) => choice.condition.clone(),
        known => panic!("{text} is {known:?}"),
    }
}

#[test]
fn a_value_keeps_the_place_of_its_literal() {
    let text = r#"lookup(merge({ a = "no" }, { a = "yes" }), "a")"#;
    let found = value(text);
    assert_eq!(found.as_str(), Some("yes"));
    let start = text.find("\"yes\"").unwrap();
    assert_eq!(found.origin.span, Some(Span::new(FileId(0), start, start + 5)));

    let conditional = value(r#"true ? ["x"][0] : null"#);
    assert_eq!(conditional.origin.span.unwrap().range(), 8..11);
    let referred = value("var.given");
    assert!(matches!(&referred.origin.via.unwrap().kind, HopKind::Reference(name) if &**name == "var.given"));
}

#[test]
fn unknown_conditions_are_formulas() {
    let production = condition(r#"var.env == "prod" ? "a" : "b""#);
    assert!(
        matches!(&production, Condition::Is(variable, Literal::String(text)) if &*variable.key == "var.env" && &**text == "prod")
    );
    assert_eq!(condition(r#"var.env != "prod" ? "a" : "b""#), production.negate());
    assert_eq!(condition("!var.is_on ? 1 : 2"), condition("var.is_on ? 1 : 2").negate());
    assert_eq!(condition("var.x == null ? 1 : 2"), condition("var.x != null ? 1 : 2").negate());
    assert_eq!(condition("length(var.x) > 0 ? 1 : 2"), condition("length( var.x )>0 ? 3 : 4"));
    assert_ne!(condition("var.x == null ? 1 : 2"), condition("var.y == null ? 1 : 2"));
    assert_eq!(value("var.is_on ? 1 : 1").kind, Kind::Number(1.into()));
}

#[test]
fn operations_reach_both_branches_of_a_choice() {
    let name = value(r#""bucket-${var.is_on ? "a" : "b"}""#);
    let world = |on| match &condition("var.is_on ? 1 : 2") {
        Condition::Is(variable, _) => World::default().with(variable, Literal::Bool(on)),
        _ => panic!(),
    };
    assert_eq!(name.in_world(&world(true)).as_str(), Some("bucket-a"));
    let chosen = value(r#"(var.is_on ? { k = ["x"] } : { k = ["y"] }).k[0]"#);
    assert_eq!(chosen.in_world(&world(false)).as_str(), Some("y"));
    let compared = value(r#"(var.is_on ? "a" : "b") == "a""#);
    assert_eq!(condition_of(&compared), condition_of(&value("var.is_on ? true : false")));
    let same = value(r#"var.is_on ? (var.is_on ? "a" : "b") : "c""#);
    assert_eq!(same.in_world(&world(true)).as_str(), Some("a"));
}

#[test]
fn attributes_of_resources_are_values_or_references() {
    assert_eq!(value("aws_kms_key.k.description").as_str(), Some("mine"));
    let arn = value("aws_kms_key.k.arn");
    let reference = arn.as_unknown().unwrap().reference().unwrap();
    assert_eq!((&*reference.address, &*reference.attribute), ("aws_kms_key.k", "arn"));
    assert_eq!(value("aws_kms_key.k.arn == null").as_bool(), Some(false));
    assert!(value("try(aws_kms_key.k.arn, null)").as_unknown().unwrap().reference().is_some());
    let nested = value("aws_kms_key.k.a[0].b");
    assert_eq!(&*nested.as_unknown().unwrap().reference().unwrap().attribute, "a.0.b");
    let ids = value("aws_kms_key.k[*].id");
    assert_eq!(ids.as_list().unwrap().len(), 1);
}

#[test]
fn partly_known_strings_keep_their_parts() {
    let arn = value(r#""arn:${var.x}:${var.given}""#);
    let Known::Parts(parts) = &arn.as_unknown().unwrap().known else { panic!() };
    assert!(matches!(&parts[..], [StringPart::Literal(a), StringPart::Unknown(_), StringPart::Literal(b)]
        if a.as_str() == "arn:" && b.as_str() == ":given"));
}

#[test]
fn errors_say_what_is_wrong() {
    assert_eq!(error("nothing.here"), "there is no nothing here");
    assert!(error("flaten([])").ends_with("did you mean flatten?"));
    assert!(error("{ a = 1 }.b").contains("no attribute or key \"b\""));
    assert!(error("[1][1]").contains("the length is 1"));
    assert!(error("1 + \"x\"").contains("number is required"));
    assert!(error("true ? [1] : [true]").contains("do not fit together"));
    assert_eq!(value("try([1][1], 2)").kind, Kind::Number(2.into()));
    assert_eq!(value("can(nothing)").as_bool(), Some(false));
    assert!(value("false && nothing.here").as_bool() == Some(false));
}

#[test]
fn work_is_bounded() {
    let nested = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]";
    let (_, diagnostics) = run(nested);
    assert!(!diagnostics.is_empty());
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.code == crate::diagnostic::Code::Limit), "{diagnostics:?}");
    let deep = format!("{}1{}", "true ? ".repeat(3000), " : 2".repeat(3000));
    let source = Source::new(FileId(0), "test.tf", deep.as_str());
    let (expr, mut diagnostics) = parse_expr(&source);
    evaluate(&expr, &Surroundings, &mut diagnostics);
    let chain = vec!["1"; 4000].join(" + ");
    assert_eq!(value(&chain).kind, Kind::Number(4000.into()));
}

#[test]
fn text_of_an_expression_is_independent_of_its_layout() {
    let of = |text: &str| display(&parse_expr(&Source::new(FileId(0), "test.tf", text)).0);
    assert_eq!(
        of("( var.a==\"x\"&&!var.b ) ? [ for k,v in var.m : k if v ] : f( 1,2 )"),
        of("((var.a == \"x\") && !var.b) ? [for k, v in var.m: k if v] : f(1, 2)")
    );
    assert_eq!(of("a[ 0 ].b[*].c"), "a[0].b[*].c");
    assert_eq!(of("(1 + 2) * 3"), "(1 + 2) * 3");
}
