#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Code, Level};
use crate::parse::node::NodeKind;
use crate::source::FileId;
use crate::value::{Kind, Known, Origin, Reason, Unknown};

fn source(text: &str) -> Source {
    Source::new(FileId(0), "a.json", text)
}

fn problems(text: &str) -> Vec<(Level, Code, String)> {
    let source = source(text);
    let (_, problems) = parse(&source);
    problems.into_iter().map(|p| (p.level, p.code, source.slice(p.span.unwrap()).to_owned())).collect()
}

/// The tree as serde_json has it.
fn plain(node: &Node) -> serde_json::Value {
    match &node.kind {
        NodeKind::Null => serde_json::Value::Null,
        NodeKind::Bool(value) => (*value).into(),
        NodeKind::Number(text) => serde_json::from_str(text).unwrap(),
        NodeKind::String(text) => text.as_str().into(),
        NodeKind::Sequence(items) => items.iter().map(plain).collect(),
        NodeKind::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.as_str().to_owned(), plain(&entry.value))).collect()
        }
    }
}

#[test]
fn strings_are_decoded_and_mapped_byte_by_byte() {
    let source = source(r#"{"k": "a\n\u00e9\ud83d\ude00 z"}"#);
    let (root, problems) = parse(&source);
    assert!(problems.is_empty(), "{problems:?}");
    let NodeKind::String(text) = &root.get("k").unwrap().kind else { panic!() };
    assert_eq!(text.as_str(), "a\né😀 z");
    let under = |range| source.slice(text.span_of(range).unwrap());
    assert_eq!(under(0..1), "a");
    assert_eq!(under(1..2), r"\n");
    assert_eq!(under(2..4), r"\u00e9");
    assert_eq!(under(4..8), r"\ud83d\ude00");
    assert_eq!(under(9..10), "z");
}

#[test]
fn a_document_in_a_string_has_spans_in_the_file() {
    let source = source(r#"{"Policy": "{\"Id\": [1, \"x\\ny\"]}"}"#);
    let (root, _) = parse(&source);
    let policy = root.get("Policy").unwrap();
    let NodeKind::String(text) = &policy.kind else { panic!() };
    let (inner, problems) = parse_text(text, policy.span);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(source.slice(inner.entry("Id").unwrap().key_span), r#"\"Id\""#);
    let item = &inner.get("Id").unwrap().items()[1];
    assert_eq!(item.as_str(), Some("x\ny"));
    assert_eq!(source.slice(item.span), r#"\"x\\ny\""#);
}

#[test]
fn one_error_does_not_lose_the_rest() {
    for (text, kept, place) in [
        (r#"{"a": 1 "b": 2}"#, r#"{"a":1,"b":2}"#, "1"),
        (r#"{"a": 1, "b": 2,}"#, r#"{"a":1,"b":2}"#, ","),
        (r#"[1 2 "x"]"#, r#"[1,2,"x"]"#, "1"),
        (r#"{"a": [1, 2, "b": 3}"#, r#"{"a":[1,2],"b":3}"#, ","),
        (r#"{"a": {"b": [1, {"c": 2"#, r#"{"a":{"b":[1,{"c":2}]}}"#, "{"),
        (r#"{"a": [1, 2}"#, r#"{"a":[1,2]}"#, "}"),
        (r#"{"a": "x, "b": 1}"#, r#"{"a":"x, "}"#, "{"),
        ("{\"a\": \"x,\n\"b\": 1}", r#"{"a":"x,","b":1}"#, "\""),
        (r#"{a: 1, "b": 2}"#, r#"{"b":2}"#, "a"),
        (r#"{"a": , "b": 2}"#, r#"{"a":null,"b":2}"#, "\"a\""),
        (r#"{"a" 1, "b": 2}"#, r#"{"a":1,"b":2}"#, "\"a\""),
        (r#"{"a", "b": 2}"#, r#"{"b":2}"#, "\"a\""),
        ("{\"a\": 1, // why\n\"b\": 2}", r#"{"a":1,"b":2}"#, "// why"),
        (r#"[1,,2]"#, "[1,2]", ","),
        (r#"[,1]"#, "[1]", ","),
        (r#"[01, NaN, +1, 1., .5, True]"#, "[null,null,null,null,null,null]", "01"),
        (r#"{"a": 1}}"#, r#"{"a":1}"#, "}"),
        (r#"{"a": 1} {"b": 2}"#, r#"{"a":1}"#, "{"),
        (r#"["\x", 2]"#, r#"["\\x",2]"#, "\\"),
        ("[\"a\tb\"]", r#"["a\tb"]"#, "\t"),
        ("", "null", ""),
    ] {
        let source = source(text);
        let (root, found) = parse(&source);
        assert_eq!(plain(&root).to_string(), kept, "{text}");
        assert_eq!(source.slice(found[0].span.unwrap()), place, "{text}: {found:?}");
        assert!(found.iter().all(|problem| problem.level == Level::Error), "{text}: {found:?}");
    }
}

#[test]
fn accepted_with_a_word() {
    assert_eq!(problems("\u{feff}{}"), []);
    assert_eq!(problems(r#"["\ud800"]"#), [(Level::Warning, Code::ParseError, r"\ud800".into())]);
    assert_eq!(problems(r#"{"a": 1, "b": 2, "a": 3}"#), [(Level::Warning, Code::DuplicateKey, r#""a""#.into())]);
    let many: Vec<String> = (0..20).map(|i| format!("\"k{}\": 1", i % 19)).collect();
    let text = format!("{{{}}}", many.join(","));
    assert_eq!(problems(&text), [(Level::Warning, Code::DuplicateKey, "\"k0\"".into())]);
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{{\"a\": {}1{}, \"b\": 2}}", "[".repeat(100_000), "]".repeat(100_000));
    let (root, problems) = parse(&source(&deep));
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code, problems[0].level), (Code::Limit, Level::Error));
    assert!(root.get("b").is_some());
    let (_, problems) = parse(&source(&"{\"a\":[".repeat(100_000)));
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::ParseError, Code::Limit]);
    let (_, problems) = parse(&source(&"[1 ".repeat(10_000)));
    assert!(problems.len() < 300);
}

fn hole(name: &str) -> StringPart {
    let value = Value::unknown(Unknown::new(Reason::NotGiven(name.into())), Origin::none());
    StringPart::Unknown(value)
}

#[test]
fn unknown_parts_stay_where_they_stand() {
    let literal = |text: &str| StringPart::Literal(Text::synthetic(text));
    let parts = [
        literal(r#"{"Resource": "arn:"#),
        hole("region"),
        literal(r#":\u0000x", "Flag": "#),
        hole("flag"),
        literal(r#", "Lone": ""#),
        hole("lone"),
        literal(r#"", "Condition": {"StringEquals": {""#),
        hole("issuer"),
        literal(r#":sub": "x"}}, "Sum": 1"#),
        hole("digits"),
        literal("}"),
    ];
    let (value, problems) = parse_parts(&parts, Span::new(FileId(0), 0, 1));
    assert!(problems.is_empty(), "{problems:?}");
    let known = |value: &Value| value.as_unknown().unwrap().known.clone();
    let Known::Parts(resource) = known(value.get("Resource").unwrap()) else { panic!() };
    assert!(matches!(&resource[0], StringPart::Literal(text) if text.as_str() == "arn:"));
    assert!(matches!(&resource[1], StringPart::Unknown(_)));
    assert!(matches!(&resource[2], StringPart::Literal(text) if text.as_str() == ":\0x"));
    assert_eq!(known(value.get("Flag").unwrap()), Known::Nothing);
    assert!(matches!(known(value.get("Lone").unwrap()), Known::Parts(parts) if parts.len() == 1));
    let condition = value.get("Condition").unwrap();
    assert_eq!(condition.get("StringEquals").unwrap().as_unknown().unwrap().reason, Reason::NotGiven("issuer".into()));
    assert_eq!(value.get("Sum").unwrap().as_unknown().unwrap().reason, Reason::NotGiven("digits".into()));
}

#[test]
fn an_unknown_part_that_is_json_is_that_json() {
    let inner = Value::from_pairs([("a", Value::bool(true))]);
    let unknown = Unknown::new(Reason::Depends("x".into())).known(Known::Encoding(inner.into()));
    let parts = [
        StringPart::Literal(Text::synthetic("[")),
        StringPart::Unknown(Value::unknown(unknown, Origin::none())),
        StringPart::Literal(Text::synthetic("]")),
    ];
    let (value, problems) = parse_parts(&parts, Span::new(FileId(0), 0, 1));
    assert!(problems.is_empty());
    assert!(matches!(value.as_list().unwrap()[0].get("a").unwrap().kind, Kind::Bool(true)));
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            prop::collection::vec((any::<String>(), inner), 0..12)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn check_spans(node: &Node, source: &Source) {
    assert!(source.text.get(node.span.range()).is_some());
    for entry in node.entries() {
        assert!(source.text.get(entry.key_span.range()).is_some());
        check_spans(&entry.value, source);
    }
    node.items().iter().for_each(|item| check_spans(item, source));
    if let NodeKind::String(text) = &node.kind {
        for (at, char) in text.as_str().char_indices() {
            let span = text.span_of(at..at + char.len_utf8()).unwrap();
            let written = source.slice(span);
            assert!(written.starts_with(char) || written.starts_with('\\'), "{written:?} for {char:?}");
        }
    }
}

proptest! {
    #[test]
    fn reads_what_serde_json_writes(value in any_json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let source = source(&text);
        let (root, problems) = parse(&source);
        prop_assert!(problems.is_empty(), "{:?}", problems);
        prop_assert_eq!(plain(&root), value);
        check_spans(&root, &source);
        let (inner, problems) = parse_text(&Text::verbatim(&text, source.span()), source.span());
        prop_assert!(problems.is_empty());
        prop_assert_eq!(inner, root);
    }

    #[test]
    fn judges_as_serde_json_does(text in r#"[\[\]{}:,"\\0-9a-u.eE+\- \n\t/é]{0,40}"#) {
        let (root, problems) = parse(&source(&text));
        let ours = problems.iter().all(|problem| problem.level < Level::Error);
        prop_assert_eq!(ours, serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{} {:?}", text, problems);
        check_spans(&root, &source(&text));
    }

    #[test]
    fn any_text_has_spans_within_it(text in any::<String>()) {
        let source = source(&text);
        let (root, problems) = parse(&source);
        check_spans(&root, &source);
        for problem in problems {
            prop_assert!(text.get(problem.span.unwrap().range()).is_some());
        }
    }
}
