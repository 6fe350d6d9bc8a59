//! Strings, heredocs and templates.

use super::*;

fn template(text: &str) -> String {
    let (expr, diagnostics) = parse_template(&source(text));
    assert_eq!(diagnostics, [], "{text}");
    show(&expr)
}

#[test]
fn escapes_are_decoded_in_quotes_only() {
    assert_eq!(prefix(r#""a\n\"\\\t\r\u00e9\U0001F600$${x}%%{y}$z%""#), r#""a\n\"\\\t\ré😀${x}%{y}$z%""#);
    assert_eq!(prefix("<<A\n\\n\"$${x}\nA\n"), r#""\\n\"${x}\n""#);
    assert_eq!(prefix(r#""$$${x}""#), r#""$${x}""#);
    for text in [r#""\x""#, r#""\u12""#, r#""\U1234567""#, r#""\$""#, "\"\\\n\"", "\"a\rb\""] {
        assert!(!accepts(&format!("x = {text}\n")), "{text}");
    }
}

#[test]
fn decoded_bytes_know_where_they_were_written() {
    let text = "x = \"é\\u00e9$${\"\ny = <<-E\n    one\n      ${z}two\n    E\n";
    let source = source(text);
    let (body, diagnostics) = parse(&source);
    assert_eq!(diagnostics, []);
    let ExprKind::String(x) = &body.attribute("x").unwrap().expr.kind else { panic!("no string") };
    assert_eq!(x.as_str(), "éé${");
    let written = |range| source.slice(x.span_of(range).unwrap());
    assert_eq!((written(0..2), written(2..4), written(4..6)), ("é", "\\u00e9", "$${"));
    let ExprKind::Template(y) = &body.attribute("y").unwrap().expr.kind else { panic!("no template") };
    let [Part::Literal(one), Part::Interpolation(_), Part::Literal(two)] = y.parts.as_slice() else {
        panic!("{:?}", y.parts)
    };
    assert_eq!((one.as_str(), two.as_str()), ("one\n  ", "two\n"));
    assert_eq!(source.slice(one.span_of(0..4).unwrap()), "one\n");
    assert_eq!(one.span_of(4..6).unwrap().start as usize, text.find("${z}").unwrap() - 2);
}

#[test]
fn heredocs_lose_their_common_indentation() {
    assert_eq!(prefix("<<-E\n    a\n\n      b\n   \n    c\n  E\n"), r#""a\n\n  b\n   \nc\n""#);
    assert_eq!(prefix("<<-E\n\t\ta\n\t b\nE\n"), r#""a\nb\n""#);
    assert_eq!(prefix("<<-E\n  ${a}\n b\nE\n"), "` ${a}\nb\n`");
    assert_eq!(prefix("<<-E\n${a}\n  b\nE\n"), "`${a}\n  b\n`");
    assert_eq!(prefix("<<E\r\n a\r\n  E  \r\n"), r#"" a\r\n""#);
    assert_eq!(prefix("<<E\nE\n"), r#""""#);
    assert_eq!(prefix("[<<A\na\nA\n, <<B\nb\nB\n]"), r#"["a\n" "b\n"]"#);
    assert_eq!(prefix("<<A\n${<<A\nx\nA\n}\nA\n"), "`${\"x\\n\"}\n`");
    // Behind a stripped line end, Go's parser sees no start of a line.
    assert_eq!(prefix("<<-E\n  %{ if a ~}\n  b\n  %{ endif ~}\n  E\n"), "`%{a|  b\n|}`");
    for text in ["<<E\na\n", "<<E\na\nE", "<<E \na\nE\n", "<< E\na\nE\n", "<<E\na E\n", "<<E\na\rb\nE\n"] {
        assert!(!accepts(&format!("x = {text}")), "{text:?}");
    }
}

#[test]
fn strip_markers_reach_to_the_end_of_the_line() {
    assert_eq!(template("a \n${~ b ~}\n  c"), "`a${b}  c`");
    assert_eq!(template("a\n  ${~ b ~} \n"), "`a\n${b}`");
    assert_eq!(prefix(r#""a\n  ${~ b ~} \n c""#), "`a${b}c`");
    // An interpolation beside text that is stripped away is not alone.
    let (expr, _) = parse_template(&source(" ${~ a ~} "));
    assert!(matches!(&expr.kind, ExprKind::Template(Template { parts }) if parts.len() == 3));
    let (expr, _) = parse_expr(&source("\"${~ a ~}\""));
    assert!(matches!(&expr.kind, ExprKind::Template(Template { parts }) if parts.len() == 1));
}

#[test]
fn directives_nest() {
    assert_eq!(template("%{ for k, v in x }${k}%{ if v ~} y %{~ else }n%{ endif }%{ endfor }."), {
        "`%{k,v in x|${k}%{v|y|n}}.`"
    });
    assert_eq!(prefix("\"%{if\na}${\n{a={}}.a\n}%{endif}\""), "`%{a|${{a={}}.a}|}`");
    for text in [
        "%{ if a }",
        "%{ endif }",
        "%{ if a }%{ else }%{ else }%{ endif }",
        "%{ for a in b }%{ else }%{ endfor }",
        "%{ if a }%{ endfor }",
        "%{ while a }",
        "%{ if a b }%{ endif }",
        "${}",
        "${a",
        "${a b}",
        "${a:b}",
    ] {
        assert!(!parse_template(&source(text)).1.is_empty(), "{text}");
    }
}

#[test]
fn template_files_may_hold_anything_else() {
    for text in ["", "$", "%", "$$", "a \"quote\" \\ and } { $x %y $(z)", "lines\r\nand \r more\n"] {
        assert_eq!(template(text), format!("{text:?}"));
    }
    assert_eq!(template("\u{FEFF}a"), "\"a\"");
}
