//! What is accepted and rejected, and how it is understood.

use super::*;

#[test]
fn operators_bind_as_in_the_specification() {
    assert_eq!(prefix("1 + 2 * 3 - 4"), "(Subtract (Add 1 (Multiply 2 3)) 4)");
    assert_eq!(prefix("a || b && c == d < e + f % -g"), {
        "(Or a (And b (Equal c (Less d (Add e (Modulo f (Negate g)))))))"
    });
    assert_eq!(prefix("!a.b == c ? d : e ? f : g"), "(if (Equal (Not a.b) c) d (if e f g))");
    assert_eq!(prefix("-1 - -2"), "(Subtract (Negate 1) (Negate 2))");
    assert_eq!(prefix("a-b - c"), "(Subtract a-b c)");
    assert_eq!(prefix("(a ?\n b\n : c)"), "((if a b c))");
}

#[test]
fn traversals_and_splats() {
    assert_eq!(prefix("a.b[0].c.1[\"x\"]"), r#"a.b[0].c[1]["x"]"#);
    assert_eq!(prefix("a[*].b[0].c"), "a<[*].b[0].c>");
    assert_eq!(prefix("a.*.b.0.c[1].d"), "a<.*.b[0].c>[1].d");
    assert_eq!(prefix("a[*].b[*].c"), "a<[*].b<[*].c>>");
    assert_eq!(prefix("a[*].b.*.c[0].d"), "a<[*].b<.*.c>[0].d>");
    assert_eq!(prefix("1.a"), "1.a");
    assert_eq!(prefix("f().x"), "f().x");
}

#[test]
fn calls_take_namespaces_newlines_and_expansion() {
    assert_eq!(prefix("provider :: aws::f(1,\n2,\n)"), "provider::aws::f(1 2)");
    assert_eq!(prefix("max ([1, 2]...)"), "max([1 2]...)");
    assert_eq!(prefix("f()"), "f()");
    for text in ["f(a b)", "f(a... b)", "f(a..., b)", "f(,)", "a::b", "a::(1)"] {
        assert!(!accepts(&format!("x = {text}\n")), "{text}");
    }
}

#[test]
fn collections() {
    assert_eq!(prefix("{a = 1, \"b\" : 2\n c=3\n (d) = 4, e.f = 5,\n null: 6}"), {
        "{a=1 \"b\"=2 c=3 (d)=4 e.f=5 null=6}"
    });
    assert_eq!(prefix("{a = 1, a = 2}"), "{a=1 a=2}");
    assert_eq!(prefix("[\n1,\n2,\n]"), "[1 2]");
    assert_eq!(prefix("{\nfor\nk, v in x :\nk => v ? 1 :\n2...\nif v\n}"), {
        "<for k,v in x: k => (if v 1 2)... if v>"
    });
    assert_eq!(prefix("[for v in x : v if v != \"\"]"), "<for v in x: v if (NotEqual v \"\")>");
    for text in [
        "{a = 1,, b = 2}",
        "{a = 1 b = 2}",
        "{a =\n1}",
        "{a => 1}",
        "{a}",
        "[1 2]",
        "[,]",
        "[1,,2]",
        "[for x in y : a => b]",
        "{for x in y : a}",
        "[for x in y : a...]",
        "{ for = 1 }",
        "[for 1 in y : 1]",
        "[for x, in y : 1]",
        "[for x y : 1]",
    ] {
        assert!(!accepts(&format!("x = {text}\n")), "{text}");
    }
}

#[test]
fn newlines_count_outside_brackets_only() {
    for text in
        ["x = (1\n+\n2)\n", "x = f(\n1\n)\n", "x = a[\n0\n]\n", "x = [\n1\n+ 2]\n", "x = (!\n b)\n", "x = [a\n[0]]"]
    {
        assert!(accepts(text), "{text}");
    }
    for text in ["x = 1\n+ 2\n", "x =\n1\n", "x = a.\nb\n", "x = a\n.b\n", "x = a ? b\n : c\n", "x = -\n1\n"] {
        assert!(!accepts(text), "{text}");
    }
    assert!(accepts("x = [{\na = 1\n}, (\n2\n)]\n"));
    assert!(!accepts("x = ({a\n= 1})\n"));
    assert!(!accepts("x = a[\n*\n]\n"));
    assert!(accepts("x = (a[\n*\n])\n"));
}

#[test]
fn bodies() {
    for text in [
        "",
        "\u{FEFF}a = 1",
        "a {}\n",
        "a { b = 1 }\n",
        "a b \"c\" {\n}\n",
        "a \"\\\"x\\u00e9\" {\r\n  b = 1\r\n}\r\n",
        "a = 1 # c",
        "a = 1 // c\nb = 2 /* d\n */\nc = 3",
        "a { # c\n}\n",
        "ünï-cödé = 1\n",
        "for = 1\nif = 2\nin { }\n",
    ] {
        assert!(accepts(text), "{text:?}: {:?}", problems(text));
    }
    for text in [
        "a = 1 b = 2\n",
        "a {} b {}\n",
        "a = 1 a {}\n",
        "a { b = 1\n}\n",
        "a {\nb = 1 }\n",
        "a { b = 1, c = 2 }\n",
        "a { b {} }\n",
        "a\n{\n}\n",
        "a = 1\na = 2\n",
        "a \"${b}\" {\n}\n",
        "\"a\" = 1\n",
        "a\n",
        "a =\n",
        "a = 'b'\n",
        "a = `b`\n",
        "a = b;\n",
        "a = b & c\n",
        "a = ~b\n",
        "a = \"b\nc\"\n",
        "a = 1 /* b\n",
        "a = 1\rb = 2\n",
        "a = 1\u{FEFF}\n",
        "a = 1\u{a0}\n",
        "a = 0x1f\n",
        "a = 1_000\n",
        "a = 1.2.3\n",
        "a = .5\n",
        "a = b.0.1\n",
        "a = b.*.*\n",
        "}\n",
    ] {
        assert!(!accepts(text), "{text:?}");
    }
}

#[test]
fn spans_are_exact() {
    let text = "resource \"a\" \"b\" { # one\n  x = f( 1 , \"é\" )[*].y /* two */\n  z {\n  }\n}\n# three";
    let source = source(text);
    let (body, _) = parse(&source);
    let block = &body.blocks[0];
    assert_eq!(source.slice(block.header), "resource \"a\" \"b\"");
    assert_eq!((source.slice(block.labels[1].span), &*block.labels[1].name), ("\"b\"", "b"));
    assert_eq!((block.close.start, block.span.end), (block.span.end - 1, text.len() as u32 - 8));
    let x = block.body.attribute("x").unwrap();
    assert_eq!(source.slice(x.expr.span), "f( 1 , \"é\" )[*].y");
    let ExprKind::Splat(splat) = &x.expr.kind else { panic!("no splat") };
    assert_eq!((source.slice(splat.source.span), source.slice(splat.star)), ("f( 1 , \"é\" )", "[*]"));
    let comments: Vec<_> = block.body.comments.iter().map(|span| source.slice(*span)).collect();
    assert_eq!(comments, ["# one", "/* two */"]);
    assert_eq!(source.slice(body.comments[0]), "# three");
}
