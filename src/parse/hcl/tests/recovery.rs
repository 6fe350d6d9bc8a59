//! What survives an error.

use super::*;

/// The items of a text in one line, and the number of errors.
fn items(text: &str) -> (String, usize) {
    let (body, diagnostics) = parse(&source(text));
    (outline(&body), diagnostics.len())
}

fn outline(body: &Body) -> String {
    let attributes = body.attributes.iter().map(|attribute| {
        let mark = if attribute.expr.kind == ExprKind::Invalid { "!" } else { "" };
        format!("{}{mark}", attribute.name.name)
    });
    let blocks = body.blocks.iter().map(|block| format!("{}({})", block.kind.name, outline(&block.body)));
    attributes.chain(blocks).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_broken_expression_costs_its_argument() {
    for broken in [
        "",
        "1 +",
        "[1, 2",
        "f(1",
        "(1",
        "{ p = 1",
        "\"open",
        "\"${open\"",
        "\"${f(\"x\"}\"",
        "a b c",
        "'q'",
        "[1 2]",
        "{\n    p = 1 2\n  }",
        "{\n    p = \"q\n  }",
        "f({\n    p = [\n      1,,\n    ]\n  })",
        "a.",
        "<<",
        "\"\\q\"",
        "a ? b",
        "[\n    1,\n    2",
        "= 2",
        "${a}",
    ] {
        let text = format!("b {{\n  w = 1\n  x = {broken}\n  y = 2\n  i {{\n    j = 1\n  }}\n}}\nc {{\n  z = 3\n}}\n");
        let (outline, errors) = items(&text);
        let expected = "b(w x! y i(j)) c(z)";
        assert!(outline == expected || outline == expected.replace('!', ""), "{broken}: {outline}");
        assert_eq!(errors, 1, "{broken}: {:?}", problems(&text));
    }
}

#[test]
fn an_unclosed_heredoc_ends_before_the_next_item() {
    let (outline, _) = items("b {\n  x = <<E\n    text\n  y = 1\n}\nc {\n  z = 1\n}\n");
    assert_eq!(outline, "b(x! y) c(z)");
}

#[test]
fn a_missing_brace_is_found_by_indentation() {
    assert_eq!(items("a {\n  x = 1\n\nb {\n  y = 1\n}\n\nc {\n  z = 1\n}\n"), ("a(x) b(y) c(z)".into(), 1));
    assert_eq!(items("a {\n  x {\n    y = 1\n  z = 1\n}\n\nc {\n  z = 1\n}\n"), ("a(x(y z)) c(z)".into(), 1));
    assert_eq!(items("a {\n  t = {\n    y = 1\n  z = 1\n}\n\nc {\n  z = 1\n}\n"), ("a(t! z) c(z)".into(), 1));
    assert_eq!(items("a {\n  x = 1\n"), ("a(x)".into(), 1));
    assert_eq!(problems("a \"b\" {\n  x = 1\n")[0].0, "a \"b\"");
}

#[test]
fn a_surplus_brace_is_passed() {
    assert_eq!(items("a {\n  x = 1\n}\n}\nb {\n}\n"), ("a(x) b()".into(), 1));
    assert_eq!(items("a {\n  x = 1\n  }\n  y = 2\n}\nb {\n}\n"), ("y a(x) b()".into(), 1));
}

#[test]
fn items_on_one_line_are_kept() {
    assert_eq!(items("a = 1 b = 2\nc = 3\n"), ("a b c".into(), 1));
    assert_eq!(items("a = 1, b = 2\nc = 3\n"), ("a b c".into(), 1));
    assert_eq!(items("b { x = 1, y = 2 }\nc = 3\n"), ("c b(x y)".into(), 1));
    assert_eq!(items("b { x = 1\n y = 2\n}\nc = 3\n"), ("c b(x y)".into(), 1));
    assert_eq!(items("b { i { x = 1 } }\nc = 3\n"), ("c b(i(x))".into(), 1));
    assert_eq!(items("b {} c {}\n"), ("b() c()".into(), 1));
}

#[test]
fn lines_of_another_language_are_passed() {
    let text = "a = 1\n<<<<<<< HEAD\nb = 2\n=======\nc = 3\n>>>>>>> branch\nd {\n  ${x}\n  e = 1\n}\n";
    assert_eq!(items(text), ("a b c d(e)".into(), 4));
}

#[test]
fn the_first_of_two_arguments_counts() {
    let source = source("a = 1\na = 2\na = [\nb = 3\n");
    let (body, diagnostics) = parse(&source);
    assert_eq!(outline(&body), "a b");
    assert_eq!(source.slice(body.attribute("a").unwrap().expr.span), "1");
    assert_eq!(diagnostics.len(), 3);
}

#[test]
fn messages_say_what_was_found_and_expected() {
    let said = |text: &str| problems(text).into_iter().next().unwrap();
    let pair = |span: &str, message: &str| (span.to_owned(), message.to_owned());
    assert_eq!(said("a = [1, 2\nb = 3\n"), pair("b", "expected `,` or `]`, found `b`"));
    assert_eq!(said("a = f(1, 2"), pair("(", "this `(` is never closed"));
    assert_eq!(said("a = 'x'\n"), pair("'", "`'` does not quote strings"));
    assert_eq!(said("a = \n"), pair("\n", "expected an expression, found the end of the line"));
    assert_eq!(said("a = 1 b = 2\n"), pair("b", "expected a new line after the argument, found `b`"));
    assert_eq!(said("a = \"b\n"), pair("\"b", "this string is not closed on its line"));
    assert_eq!(said("a = <<E\nb\n"), pair("<<E\n", "no line with only `E` closes this heredoc"));
    assert_eq!(said("a \"b\" = {\n}\n").0, "=");
    assert_eq!(said("a = \"\\q\"\n"), pair("\\q", "`\\q` is not an escape; a backslash itself is written `\\\\`"));
}
