//! Texts that nest or chain without end.

use super::*;

fn codes(text: &str) -> Vec<Code> {
    let (_, diagnostics) = parse(&source(text));
    assert!(diagnostics.iter().all(|d| d.span.is_some()));
    diagnostics.into_iter().map(|d| d.code).collect()
}

#[test]
fn nesting_is_bounded() {
    const DEEP: usize = 100_000;
    for (open, inside, close) in [
        ("[", "", "]"),
        ("(", "1", ")"),
        ("{a=", "1", "}"),
        ("f(", "1", ")"),
        ("a[", "1", "]"),
        ("[*]", "", ""),
        ("!", "a", ""),
        ("-", "1", ""),
        ("\"${", "1", "}\""),
        ("a ? b : ", "c", ""),
        ("a ? ", "b", " : c"),
        ("[for a in ", "b", " : c]"),
        ("a + (", "b", ")"),
    ] {
        let first = if open == "[*]" { "a" } else { "" };
        let text = format!("x = {first}{}{inside}{}\ny = 1\n", open.repeat(DEEP), close.repeat(DEEP));
        let source = source(&text);
        let (body, diagnostics) = parse(&source);
        assert_eq!(diagnostics[0].code, Code::Limit, "{open}");
        assert!(body.attribute("y").is_some(), "{open}");
        let shallow = format!("x = {first}{}{inside}{}\n", open.repeat(80), close.repeat(80));
        assert_eq!(codes(&shallow), [], "{open}");
    }
    let blocks = format!("{}{}y = 1\n", "a {\n".repeat(DEEP), "}\n".repeat(DEEP));
    assert_eq!(codes(&blocks), [Code::Limit]);
    let directives = format!("{}{}", "%{ if a }".repeat(DEEP), "%{ endif }".repeat(DEEP));
    assert_eq!(parse_template(&source(&directives)).1[0].code, Code::Limit);
}

#[test]
fn unclosed_nesting_ends() {
    for open in [
        "[",
        "(",
        "{",
        "{a=",
        "f(",
        "\"${",
        "a {\n",
        "<<A\n",
        "/*",
        "\"",
        "a = [\n",
        "a = {\n",
        "x = <<A\n",
        "a /*\n",
        "b = [ /*\n",
    ] {
        let text = format!("x = {}", open.repeat(50_000));
        assert!(!codes(&text).is_empty(), "{open}");
        assert!(!codes(&open.repeat(50_000)).is_empty(), "{open}");
    }
}

#[test]
fn chains_are_bounded() {
    for link in [" + 1", ".a", "[0]", " && b", " == c"] {
        assert_eq!(codes(&format!("x = a{}\n", link.repeat(4_000))), [], "{link}");
        assert_eq!(codes(&format!("x = a{}\n", link.repeat(100_000))), [Code::Limit], "{link}");
    }
    // Chains in chains: the tree is as high as all of them together.
    let mut text = String::from("a");
    for _ in 0..20 {
        text = format!("({text}{})", ".b".repeat(1_000));
    }
    assert_eq!(codes(&format!("x = {text}\n")), [Code::Limit]);
}

#[test]
fn the_errors_of_a_text_are_bounded() {
    let (_, diagnostics) = parse(&source(&"= 1\n".repeat(10_000)));
    assert_eq!(diagnostics.len(), 101);
    assert_eq!(diagnostics[100].code, Code::Limit);
}
