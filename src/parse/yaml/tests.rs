#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Level;
use crate::parse::node::NodeKind;
use crate::source::FileId;
use crate::value::Text;

fn source(text: &str) -> Source {
    Source::new(FileId(0), "a.yaml", text)
}

/// The first document, which has no error.
fn document(source: &Source) -> Node {
    let (mut documents, problems) = parse(source);
    assert!(problems.is_empty(), "{problems:?}");
    documents.remove(0)
}

/// The first document in JSON's notation.
fn json(text: &str) -> String {
    show(&document(&source(text)))
}

fn show(node: &Node) -> String {
    let list = |items: Vec<String>| items.join(",");
    match &node.kind {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Bool(value) => value.to_string(),
        NodeKind::Number(number) => number.to_string(),
        NodeKind::String(text) => format!("{:?}", text.as_str()),
        NodeKind::Sequence(items) => format!("[{}]", list(items.iter().map(show).collect())),
        NodeKind::Mapping(entries) => {
            let entries = entries.iter().map(|e| format!("{:?}:{}", e.key.as_str(), show(&e.value)));
            format!("{{{}}}", list(entries.collect()))
        }
    }
}

fn text_of(node: &Node) -> &Text {
    let NodeKind::String(text) = &node.kind else { panic!("{node:?}") };
    text
}

#[test]
fn short_forms_are_long_forms() {
    let source = source("A: !Sub 'x-${B}'\nC: !GetAtt D.Arn\nE: !If [F, !Ref G, !Ref AWS::NoValue]\nH: !Condition I\n");
    let root = document(&source);
    assert_eq!(
        show(&root),
        r#"{"A":{"Fn::Sub":"x-${B}"},"C":{"Fn::GetAtt":"D.Arn"},"E":{"Fn::If":["F",{"Ref":"G"},{"Ref":"AWS::NoValue"}]},"H":{"Condition":"I"}}"#
    );
    let sub = root.get("A").unwrap();
    assert_eq!(source.slice(sub.span), "!Sub 'x-${B}'");
    assert_eq!(source.slice(sub.entries()[0].key_span), "!Sub");
    assert_eq!(source.slice(sub.entries()[0].value.span), "'x-${B}'");
    let choice = root.get("E").unwrap();
    assert_eq!(source.slice(choice.span), "!If [F, !Ref G, !Ref AWS::NoValue]");
    assert_eq!(source.slice(choice.entries()[0].value.items()[1].span), "!Ref G");
    assert_eq!(json("A: !Join\n  - ''\n  - - !Ref B\n    - 12\n"), r#"{"A":{"Fn::Join":["",[{"Ref":"B"},12]]}}"#);
    assert_eq!(
        json("A: !Ref 012\nB: !Base64 yes\nC: !GetAZs"),
        r#"{"A":{"Ref":"012"},"B":{"Fn::Base64":"yes"},"C":{"Fn::GetAZs":""}}"#
    );
}

#[test]
fn other_tags_keep_their_value() {
    assert_eq!(json("[!!str 12, !!int '12', ! yes, !!bool on]"), r#"["12",12,"yes",true]"#);
    let source = source("A: !Mystery\n  B: 1\n");
    let (documents, problems) = parse(&source);
    assert_eq!(show(&documents[0]), r#"{"A":{"B":1}}"#);
    assert_eq!(problems[0].level, Level::Warning);
    assert_eq!(source.slice(problems[0].span.unwrap()), "!Mystery");
}

#[test]
fn nodes_have_tight_spans() {
    let source = source("# head\nA:\n  B: [1, {x: y}]   # end\n  C:\n  - |\n    text\n\n  D:\n\nE: \"q\"\n");
    let root = document(&source);
    assert_eq!(source.slice(root.span), source.text[7..].trim_end());
    let a = root.get("A").unwrap();
    assert_eq!(source.slice(a.span), "B: [1, {x: y}]   # end\n  C:\n  - |\n    text\n\n  D:");
    assert_eq!(source.slice(a.get("B").unwrap().span), "[1, {x: y}]");
    assert_eq!(source.slice(a.get("B").unwrap().items()[1].span), "{x: y}");
    assert_eq!(source.slice(a.get("C").unwrap().items()[0].span), "|\n    text");
    assert!(a.get("D").unwrap().span.is_empty());
    assert_eq!(source.slice(root.get("E").unwrap().span), "\"q\"");
    assert_eq!(source.slice(root.entry("E").unwrap().key_span), "E");
}

#[test]
fn every_style_of_scalar_is_mapped() {
    let source = source(concat!(
        "literal: !Sub |  # why\n\n  {\n    \"é\": 1\n\n  }\n",
        "folded: >-\n  one\n  two\n\n  three\n    deeper\n  four\n",
        "double: \"a\\tb \\u00e9 c\\\n  d\n\n  e\"\r\n",
        "single: 'it''s\n  here'\n",
        "plain: some\n  words\n",
    ));
    let root = document(&source);
    let literal = text_of(&root.get("literal").unwrap().entries()[0].value);
    assert_eq!(literal.as_str(), "\n{\n  \"é\": 1\n\n}\n");
    assert_eq!(source.slice(root.get("literal").unwrap().span), "!Sub |  # why\n\n  {\n    \"é\": 1\n\n  }");
    let folded = text_of(root.get("folded").unwrap());
    assert_eq!(folded.as_str(), "one two\nthree\n  deeper\nfour");
    let double = text_of(root.get("double").unwrap());
    assert_eq!(double.as_str(), "a\tb é cd\ne");
    let single = text_of(root.get("single").unwrap());
    assert_eq!(single.as_str(), "it's here");
    let plain = text_of(root.get("plain").unwrap());
    assert_eq!(plain.as_str(), "some words");
    for text in [literal, folded, double, single, plain] {
        for (at, char) in text.as_str().char_indices().filter(|(_, char)| !char.is_whitespace()) {
            let written = source.slice(text.span_of(at..at + char.len_utf8()).unwrap());
            assert!(written.starts_with([char, '\\']) || written == "''", "{written:?} for {char:?} in {text}");
        }
    }
    assert_eq!(source.slice(double.span_of(1..2).unwrap()), "\\t");
}

#[test]
fn aliases_and_merge_keys() {
    assert_eq!(
        json("a: &x {k: 1, l: 2}\nb: *x\nc:\n  <<: *x\n  l: 3\n"),
        r#"{"a":{"k":1,"l":2},"b":{"k":1,"l":2},"c":{"k":1,"l":3}}"#
    );
    let text = "a: &a {k: 1}\nb: &b {k: 2, l: 2}\nc: {<<: [*a, *b]}\n";
    assert_eq!(json(text), r#"{"a":{"k":1},"b":{"k":2,"l":2},"c":{"k":1,"l":2}}"#);
}

fn codes(text: &str) -> Vec<(Level, Code)> {
    parse(&source(text)).1.into_iter().map(|problem| (problem.level, problem.code)).collect()
}

#[test]
fn hostile_nesting_and_aliases_end_at_a_limit() {
    use std::fmt::Write;
    let limit = vec![(Level::Error, Code::Limit)];
    assert_eq!(codes(&format!("a: {}", "[".repeat(100_000))), limit);
    let deep: String = (0..2_000).fold(String::new(), |mut text, i| {
        writeln!(text, "{}a:", " ".repeat(i)).unwrap();
        text
    });
    assert_eq!(codes(&deep), limit);
    let tags = format!("a: {}x{}", "!Sub [".repeat(150), "]".repeat(150));
    assert_eq!(codes(&tags), limit);
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..12 {
        let items = vec![format!("*a{}", i - 1); 10].join(", ");
        writeln!(bomb, "a{i}: &a{i} [{items}]").unwrap();
    }
    assert!(codes(&bomb).iter().all(|code| *code == limit[0]));
    let mut tower = "a0: &a0 [x]\n".to_owned();
    for i in 1..2_000 {
        writeln!(tower, "a{i}: &a{i} [*a{}]", i - 1).unwrap();
    }
    assert!(codes(&tower).iter().all(|code| *code == limit[0]));
    assert_eq!(codes("a: &a [*a]"), [(Level::Error, Code::ParseError)]);
    assert_eq!(codes("a: *b"), [(Level::Error, Code::ParseError)]);
}

#[test]
fn nested_anchors_are_not_copied_without_end() {
    let items = vec!["x"; 60_000].join(", ");
    let text = |alias: &str| format!("a: {}&inner [{items}]{}\nb: {alias}\n", "[&o [".repeat(40), "]]".repeat(40));
    assert_eq!(codes(&text("1")), []);
    assert_eq!(codes(&text("*inner")), []);
    // The next one would be a copy of the copy: it is kept for no alias.
    assert_eq!(codes(&text("*o")), [(Level::Error, Code::Limit)]);
}

#[test]
fn blanks_within_a_line_are_mapped_at_once() {
    let source = source(&format!("a: \"x\n{0}y{0}z\"", " ".repeat(50_000)));
    let root = document(&source);
    let text = text_of(root.get("a").unwrap());
    assert_eq!(text.as_str(), format!("x y{}z", " ".repeat(50_000)));
    let last = text.as_str().len();
    assert_eq!(source.slice(text.span_of(last - 2..last).unwrap()), " z");
    // The two words, and the fold between.
    assert_eq!(text.runs().len(), 3);
}

#[test]
fn a_broken_resource_does_not_lose_the_others() {
    let before = "Resources:\n  A:\n    Type: X\n";
    let after = "  C:\n    Type: Z\nOutputs:\n  D: 1\n";
    for (broken, kept) in [
        ("  B:\n    Type: Y: Z\n    Name: b\n", r#"{"Name":"b"}"#),
        ("  B:\n    Type: Y\n   Name: b\n", r#"{"Type":"Y"}"#),
        ("  B:\n    Type: \"Y\n    Name: b\n", r#"{"Name":"b"}"#),
        ("  B:\n    Type: Y\n\tName: b\n", "null"),
        ("  B:\n    Type: [Y\n    Name: b\n", r#"{"Name":"b"}"#),
        ("  B:\n    Type: {Y: ]}\n    Name: b\n", r#"{"Name":"b"}"#),
        ("  B:\n    Type: Y\n    Name: @b\n", r#"{"Type":"Y"}"#),
        ("  B:\n    Type: Y\n    - b\n", r#"{"Type":"Y"}"#),
    ] {
        let source = source(&format!("{before}{broken}{after}"));
        let (documents, problems) = parse(&source);
        let root = &documents[0];
        assert_eq!(problems.len(), 1, "{broken}: {problems:?}");
        let line = source.line(problems[0].span.unwrap().start);
        assert!((4..=7).contains(&line), "{broken}: {problems:?}");
        let resources = root.get("Resources").unwrap();
        assert_eq!(resources.get("A").map(show).as_deref(), Some(r#"{"Type":"X"}"#), "{broken}");
        assert_eq!(resources.get("C").map(show).as_deref(), Some(r#"{"Type":"Z"}"#), "{broken}");
        assert_eq!(resources.get("B").map(show).as_deref(), Some(kept), "{broken}");
        assert_eq!(root.get("Outputs").map(show).as_deref(), Some(r#"{"D":1}"#), "{broken}");
    }
}

#[test]
fn two_errors_are_two_diagnostics() {
    let text = "R:\n  A:\n    x: y: z\n  B:\n    k: 1\n  C:\n    x: @\n    l: 2\n";
    let (documents, problems) = parse(&source(text));
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(show(&documents[0]), r#"{"R":{"A":null,"B":{"k":1},"C":{"l":2}}}"#);
}

#[test]
fn documents_marks_and_duplicates() {
    assert_eq!(parse(&source("")).0.len(), 0);
    assert_eq!(parse(&source("# nothing\n")).0.len(), 0);
    assert_eq!(parse(&source("a: 1\n---\nb: 2\n")).0.len(), 2);
    let marked = source("\u{feff}a: \"é\"\n");
    let root = document(&marked);
    assert_eq!(marked.slice(root.entry("a").unwrap().key_span), "a");
    assert_eq!(marked.slice(root.get("a").unwrap().span), "\"é\"");
    assert_eq!(codes("a: 1\nb: 2\na: 3\n"), [(Level::Warning, Code::DuplicateKey)]);
    assert_eq!(codes("? [a]\n: 1\n"), [(Level::Error, Code::ParseError)]);
    assert_eq!(json("1: a\nyes: b\n"), r#"{"1":"a","yes":"b"}"#);
}

fn check_spans(node: &Node, source: &Source) {
    assert!(source.text.get(node.span.range()).is_some(), "{node:?}");
    for entry in node.entries() {
        assert!(source.text.get(entry.key_span.range()).is_some(), "{entry:?}");
        check_spans(&entry.value, source);
    }
    node.items().iter().for_each(|item| check_spans(item, source));
    if let NodeKind::String(text) = &node.kind {
        for (at, char) in text.as_str().char_indices() {
            if let Some(span) = text.span_of(at..at + char.len_utf8()) {
                assert!(source.text.get(span.range()).is_some(), "{text:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in r#"([a-c]|: |- |\n|  |\t|"|'|\||>|[&*!]a|\[|\]|\{|\}|, |#|é|\\|---|<<|\r\n|%|@){0,60}"#) {
        let source = source(&text);
        let (documents, problems) = parse(&source);
        // What is broken is blanked byte for byte: a blank in a block scalar may stand for a part of a character.
        if problems.is_empty() {
            documents.iter().for_each(|document| check_spans(document, &source));
        }
        for problem in problems {
            prop_assert!(text.get(problem.span.unwrap().range()).is_some());
        }
    }

    #[test]
    fn strings_in_any_style_come_back_with_their_map(lines in prop::collection::vec("[a-z{}\": é]{0,12}", 1..5)) {
        let content: Vec<String> = lines.iter().map(|line| format!("x{line}")).collect();
        for header in ["|", "|-", ">", ">-", "|+"] {
            let text = format!("k: {header}\n  {}\nnext: 1\n", content.join("\n  "));
            let source = source(&text);
            let root = document(&source);
            let value = text_of(root.get("k").unwrap());
            for (at, char) in value.as_str().char_indices().filter(|(_, char)| !char.is_whitespace()) {
                let span = value.span_of(at..at + char.len_utf8()).unwrap();
                prop_assert_eq!(source.slice(span).to_owned(), char.to_string());
            }
        }
    }
}
