#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use proptest::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::files::Files;
use crate::parse::hcl::ast::Ident;
use crate::parse::hcl::parse_expr;
use crate::source::{FileId, Source, Span};
use crate::terraform::convert::{convert, convertible, unify};
use crate::terraform::expr::evaluate;
use crate::terraform::notation::to_json;
use crate::terraform::scope::Scope;
use crate::terraform::set::set_of;
use crate::value::{Kind, Known, Number, Origin, Reason, Type, Unknown, Value};

/// `unknown` is an unknown string; there is one file, a template.
struct Surroundings;

struct Folder;

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Arc<Source>, String> {
        let text = "Dear ${name},\n%{ for item in items ~}\n* ${item}\n%{ endfor ~}\n";
        if path == "letter.tftpl" { Ok(Arc::new(Source::new(FileId(7), path, text))) } else { Err("not found".into()) }
    }

    fn read_bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        self.read(path).map(|source| source.text.as_bytes().to_vec())
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        Ok(self.read(path).is_ok())
    }

    fn glob(&self, _: &str, _: &str) -> Result<Vec<String>, String> {
        Ok(vec!["letter.tftpl".into()])
    }
}

impl Scope for Surroundings {
    fn resolve(&self, path: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        let unknown = Unknown::new(Reason::NotGiven("unknown".into())).typed(Type::String);
        (&*path[0].name == "unknown").then(|| (Value::unknown(unknown, Origin::none()), 1))
    }

    fn files(&self) -> Option<Arc<dyn Files>> {
        Some(Arc::new(Folder))
    }
}

fn run(text: &str) -> (Value, Vec<Diagnostic>) {
    let (expr, mut diagnostics) = parse_expr(&Source::new(FileId(0), "test.tf", text));
    let value = evaluate(&expr, &Surroundings, &mut diagnostics);
    (value, diagnostics)
}

fn value(text: &str) -> Value {
    let (value, diagnostics) = run(text);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    value
}

fn json(text: &str) -> String {
    to_json(&value(text)).to_string()
}

#[test]
fn numbers_and_strings() {
    assert_eq!(json("[ceil(1.2), floor(-1.2), parseint(\"ff\", 16), pow(3, 2)]"), "[2,-2,255,9]");
    assert_eq!(
        json(r#"[title("two words"), substr("grüße", 2, 2), strrev("añb"), trimspace(" x ")]"#),
        r#"["Two Words","üß","bña","x"]"#
    );
    assert_eq!(json(r#"format("%-5s|%05.1f|%x", "ab", 3.14159, 255)"#), r#""ab   |003.1|ff""#);
    assert_eq!(json(r#"replace("key-1 key-2", "/key-(\\d)/", "k$1")"#), r#""k1 k2""#);
    assert_eq!(json(r#"regex("(?P<user>\\w+)@(?P<host>\\w+)", "me@home")"#), r#"{"host":"home","user":"me"}"#);
}

#[test]
fn collections() {
    assert_eq!(json(r#"merge({ a = 1 }, { b = 2 }, { a = 3 })"#), r#"{"a":3,"b":2}"#);
    assert_eq!(json(r#"flatten([["a"], [["b"], "c"]])"#), r#"["a","b","c"]"#);
    assert_eq!(json(r#"setproduct(["a", "b"], [1])"#), r#"[["a",1],["b",1]]"#);
    assert_eq!(json(r#"zipmap(["x", "y"], [1, 2])"#), r#"{"x":1,"y":2}"#);
    assert_eq!(json(r#"toset([10, 9, 10])"#), "[9,10]");
}

#[test]
fn networks_and_times() {
    assert_eq!(json(r#"cidrsubnets("10.20.0.0/16", 4, 8)"#), r#"["10.20.0.0/20","10.20.16.0/24"]"#);
    assert_eq!(json(r#"cidrhost("fd00::/64", -1)"#), r#""fd00::ffff:ffff:ffff:ffff""#);
    assert_eq!(json(r#"timeadd("2024-02-28T23:30:00Z", "45m")"#), r#""2024-02-29T00:15:00Z""#);
    assert_eq!(json(r#"formatdate("D MMM YY, HH:mm aa", "2024-03-09T15:04:05Z")"#), r#""9 Mar 24, 03:04 pm""#);
    assert!(value("timestamp()").is_unknown());
}

#[test]
fn encodings() {
    assert_eq!(
        json(r#"yamlencode({ list = [1, { a = "x\ny" }] })"#),
        "\"\\\"list\\\":\\n- 1\\n- \\\"a\\\": |-\\n    x\\n    y\\n\""
    );
    assert_eq!(
        json(r#"yamldecode("a: [yes, 012, 0x1f]\nb: &c {d: ~}\ne: *c")"#),
        r#"{"a":[true,12,31],"b":{"d":null},"e":{"d":null}}"#
    );
    assert_eq!(json(r#"csvdecode("n,v\na,1\n")"#), r#"[{"n":"a","v":"1"}]"#);
    assert_eq!(json(r#"base64gunzip(base64gzip("round trip"))"#), r#""round trip""#);
    assert_eq!(json(r#"provider::terraform::decode_tfvars("a = 1\nb = [true]\n")"#), r#"{"a":1,"b":[true]}"#);
}

#[test]
fn json_text_remembers_what_it_encodes() {
    let encoded = value(r#"jsonencode({ Statement = [{ Effect = "Allow" }] })"#);
    let inner = encoded.as_text().unwrap().encoded().unwrap();
    let effect = inner.get("Statement").unwrap().as_list().unwrap()[0].get("Effect").unwrap();
    assert_eq!(effect.origin.span, Some(Span::new(FileId(0), 37, 44)));
    let decoded = value(r#"jsondecode(jsonencode({ a = unknown, b = "x" })).b"#);
    assert_eq!(decoded.as_str(), Some("x"));
    let partly = value(r#"jsonencode({ a = unknown })"#);
    assert!(matches!(partly.as_unknown().unwrap().known, Known::Encoding(_)));
}

#[test]
fn templates_from_files_stand_in_their_files() {
    let letter = value(r#"templatefile("letter.tftpl", { name = "Ann", items = ["a", "b"] })"#);
    assert_eq!(letter.as_str(), Some("Dear Ann,\n* a\n* b\n"));
    assert_eq!(letter.as_text().unwrap().span_of(0..4), Some(Span::new(FileId(7), 0, 4)));
    assert!(run(r#"templatefile("missing", {})"#).1[0].message.contains("not found"));
}

#[test]
fn work_is_bounded() {
    for text in [
        "range(100000)",
        "format(\"%1000000s\", \"a\")",
        "regex(\"((a{1000}){1000}){1000}\", \"a\")",
        "length(setproduct(range(1000), range(1000)))",
        "join(\"x\", [for i in range(1024) : join(\"\", [for j in range(1024) : \"0123456789\"])])",
    ] {
        let (_, diagnostics) = run(text);
        assert!(!diagnostics.is_empty(), "{text}");
    }
    assert!(run("range(100000)").1.iter().all(|diagnostic| diagnostic.code == Code::Limit));
}

fn types() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![Just(Type::Bool), Just(Type::Number), Just(Type::String), Just(Type::Dynamic)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Type::list),
            inner.clone().prop_map(Type::set),
            inner.clone().prop_map(Type::map),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| Type::Tuple(items.into())),
            prop::collection::btree_map("[ab]", inner, 0..3).prop_map(|attributes| {
                Type::Object(Arc::new(attributes.into_iter().map(|(name, ty)| (name.into(), ty)).collect()))
            }),
        ]
    })
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::bool),
        (-20i64..20).prop_map(|number| Value::new(Kind::Number(Number::from(number)), Origin::none())),
        "[a-c1]{0,2}".prop_map(Value::string),
        Just(Value::null()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
            prop::collection::btree_map("[ab]", inner, 0..3).prop_map(Value::from_pairs),
        ]
    })
}

/// Texts that are nearly expressions.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("unknown".to_owned()),
        Just("null".to_owned()),
        Just("\"a\"".to_owned()),
        Just("1.5".to_owned()),
        Just("[1, \"b\"]".to_owned()),
        Just("{ a = 1, b = [true] }".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let names: Vec<&'static str> = super::FUNCTIONS.keys().copied().collect();
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} == {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            inner.clone().prop_map(|a| format!("[for k, v in {a} : v if k != v]")),
            inner.clone().prop_map(|a| format!("{a}[*].a")),
            inner.clone().prop_map(|a| format!("\"x${{{a}}}y\"")),
            (prop::sample::select(names), prop::collection::vec(inner, 0..3))
                .prop_map(|(name, args)| format!("{name}({})", args.join(", "))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn all_types_convert_to_what_they_unify_to(types in prop::collection::vec(types(), 1..4)) {
        if let Some(unified) = unify(&types) {
            for ty in &types {
                prop_assert!(convertible(ty, &unified), "{ty} to {unified}");
            }
        }
    }

    #[test]
    fn conversion_is_idempotent(value in values(), ty in types()) {
        if let Ok(once) = convert(&value, &ty) {
            prop_assert_eq!(&convert(&once, &Type::of(&once)).unwrap(), &once);
        }
    }

    #[test]
    fn sets_have_one_order(mut values in prop::collection::vec("[a-d]{0,3}", 0..8)) {
        let forwards = set_of(Type::String, values.iter().map(Value::string));
        values.reverse();
        let backwards = set_of(Type::String, values.iter().map(Value::string));
        prop_assert_eq!(&forwards, &backwards);
        let items: Vec<_> = forwards.as_list().unwrap().iter().map(|item| item.as_str().unwrap()).collect();
        prop_assert!(items.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn evaluation_never_panics(text in expressions()) {
        run(&text);
    }
}

#[test]
fn functions_of_the_aws_provider() {
    let arn = r#"provider::aws::arn_build("aws", "iam", "", "111122223333", "role/a/b")"#;
    assert_eq!(json(arn), r#""arn:aws:iam::111122223333:role/a/b""#);
    assert_eq!(json(&format!("provider::aws::arn_parse({arn}).resource")), r#""role/a/b""#);
    assert_eq!(json(&format!("provider::aws::trim_iam_role_path({arn})")), r#""arn:aws:iam::111122223333:role/b""#);
    let (open, _) = run(r#"provider::aws::arn_build("aws", "iam", "", unknown, "root")"#);
    assert!(matches!(open.as_unknown().unwrap().known, Known::Parts(_)));
    for wrong in ["arn_parse(\"a:b\")", "trim_iam_role_path(\"arn:aws:iam::1:user/x\")"] {
        assert_eq!(run(&format!("provider::aws::{wrong}")).1.len(), 1, "{wrong}");
    }
}

#[test]
fn texts_that_are_known_in_part_are_there() {
    assert_eq!(json(r#"compact(["a", "", null])"#), r#"["a"]"#);
    let (kept, _) = run(r#"compact(["x-${unknown}", ""])"#);
    assert_eq!(kept.as_list().map(<[Value]>::len), Some(1));
    assert!(run("compact([unknown])").0.is_unknown());
    let (distinct, _) = run(r#"distinct(["arn:aws:iam::${unknown}:root", "x", "x"])"#);
    assert_eq!(distinct.as_list().map(<[Value]>::len), Some(2));
    assert!(run(r#"distinct([unknown, "x"])"#).0.is_unknown());
}
