//! What holds for every text.

use proptest::prelude::*;

use super::*;

/// Fragments that make texts which come close to the grammar.
const FRAGMENTS: [&str; 60] = [
    "a",
    "b-c",
    "é",
    " ",
    "\n",
    "\r\n",
    "\t",
    "=",
    "==",
    "=>",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\\",
    "\\n",
    "${",
    "%{",
    "~}",
    "${~",
    "$${",
    "if ",
    "else",
    "endif",
    "for ",
    "in ",
    "endfor",
    "<<E\n",
    "<<-E\n",
    "E\n",
    "  E\n",
    "#",
    "//",
    "/*",
    "*/",
    "*",
    ".",
    "...",
    ",",
    ":",
    "::",
    "?",
    "1",
    "1.5",
    "2e3",
    "-",
    "!",
    "&&",
    "||",
    "<",
    "%",
    "a = 1\n",
    "b {\n",
    "}\n",
    "x = \"y\"\n",
    "r \"s\" \"t\" {\n",
    "\u{FEFF}",
];

fn text() -> impl Strategy<Value = String> {
    let fragments = prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..60).prop_map(|all| all.concat());
    prop_oneof![fragments, any::<String>()]
}

fn check_expr(expr: &Expr, within: Span) {
    assert!(within.contains(expr.span), "{expr:?} within {within:?}");
    match &expr.kind {
        ExprKind::Tuple(items) => check_row(items.iter(), expr.span),
        ExprKind::Object(items) => check_row(items.iter().flat_map(|item| [&item.key, &item.value]), expr.span),
        ExprKind::GetAttr(base, name) => {
            check_expr(base, expr.span);
            assert!(base.span.end <= name.span.start && expr.span.contains(name.span));
        }
        ExprKind::Index(base, key) => check_row([&**base, &**key].into_iter(), expr.span),
        ExprKind::Splat(splat) => {
            check_expr(&splat.source, expr.span);
            assert!(splat.source.span.end <= splat.star.start && expr.span.contains(splat.star));
        }
        ExprKind::Call(call) => {
            assert!(expr.span.contains(call.name.span));
            check_row(call.args.iter(), expr.span);
        }
        ExprKind::Unary(_, inner) | ExprKind::Parens(inner) => check_expr(inner, expr.span),
        ExprKind::Binary(left, _, right) => check_row([&**left, &**right].into_iter(), expr.span),
        ExprKind::Conditional(condition, then, otherwise) => {
            check_row([&**condition, &**then, &**otherwise].into_iter(), expr.span);
        }
        ExprKind::For(iteration) => {
            let For { collection, key, value, condition, .. } = &**iteration;
            check_row(
                [Some(collection), key.as_ref(), Some(value), condition.as_ref()].into_iter().flatten(),
                expr.span,
            );
        }
        ExprKind::Template(template) => check_parts(&template.parts, expr.span),
        ExprKind::String(text) => check_text(text, expr.span),
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Variable(_) | ExprKind::Invalid => {}
    }
}

fn check_row<'a>(exprs: impl Iterator<Item = &'a Expr>, within: Span) {
    let mut end = within.start;
    for expr in exprs {
        check_expr(expr, within);
        assert!(end <= expr.span.start, "siblings overlap at {:?}", expr.span);
        end = expr.span.end;
    }
}

fn check_parts(parts: &[Part], within: Span) {
    for part in parts {
        match part {
            Part::Literal(text) => check_text(text, within),
            Part::Interpolation(expr) => check_expr(expr, within),
            Part::If { condition, then, otherwise } => {
                check_expr(condition, within);
                check_parts(then, within);
                check_parts(otherwise, within);
            }
            Part::For { collection, body, .. } => {
                check_expr(collection, within);
                check_parts(body, within);
            }
        }
    }
}

fn check_text(text: &crate::value::Text, within: Span) {
    let mut before = within.start;
    for (at, c) in text.as_str().char_indices() {
        let span = text.span_of(at..at + c.len_utf8()).expect("every byte was written");
        assert!(within.contains(span) && span.start >= before, "{span:?} within {within:?}");
        before = span.start;
    }
}

fn check_body(body: &Body, within: Span, sound: bool) {
    let mut spans: Vec<Span> = body.attributes.iter().map(|a| a.name.span).collect();
    for attribute in &body.attributes {
        if attribute.expr.kind == ExprKind::Invalid {
            continue;
        }
        assert!(attribute.name.span.end <= attribute.expr.span.start);
        check_expr(&attribute.expr, within);
        spans.push(attribute.expr.span);
    }
    for block in &body.blocks {
        assert!(within.contains(block.span) && block.span.contains(block.header) && block.span.contains(block.close));
        check_body(&block.body, Span { start: block.header.end, end: block.close.start, ..block.span }, sound);
        spans.push(block.span);
    }
    spans.sort();
    assert!(spans.is_sorted_by(|before, after| before.end <= after.start), "items overlap: {spans:?}");
    // Recovery goes by lines, and a line may lie in a comment.
    assert!(!sound || body.comments.iter().all(|span| within.contains(*span)));
    assert!(body.comments.is_sorted_by(|before, after| before.end <= after.start));
}

proptest! {
    #[test]
    fn every_text_has_a_sound_tree(text in text()) {
        let source = source(&text);
        let (body, diagnostics) = parse(&source);
        check_body(&body, source.span(), diagnostics.is_empty());
        for diagnostic in &diagnostics {
            prop_assert!(source.span().contains(diagnostic.span.unwrap()));
        }
        for (expr, diagnostics) in [parse_expr(&source), parse_template(&source)] {
            check_expr(&expr, source.span());
            prop_assert_eq!(expr.kind == ExprKind::Invalid, !diagnostics.is_empty());
        }
    }

    #[test]
    fn a_decoded_string_parses_as_its_file_does(text in text()) {
        let source = source(&text);
        let whole = crate::value::Text::verbatim(&text, source.span());
        prop_assert_eq!(parse_template(&source), parse_template_text(&whole, source.span()));
        prop_assert_eq!(parse_expr(&source), parse_expr_text(&whole, source.span()));
    }

    #[test]
    fn a_broken_item_leaves_its_neighbours(broken in prop::collection::vec(prop::sample::select(&FRAGMENTS[..]), 0..12)) {
        let broken: String = broken.concat().replace(['\n', '\r'], " ");
        let text = format!("p {{\n  q = 1\n}}\nx = {broken}\ny {{\n  z = 1\n}}\nw = 1\n");
        let (body, diagnostics) = parse(&source(&text));
        prop_assert_eq!(&*body.blocks[0].kind.name, "p");
        // What closes a brace or opens a heredoc may rightly take more with it.
        if !diagnostics.is_empty() && !broken.contains("/*") {
            prop_assert!(body.blocks_of("y").any(|block| block.body.attribute("z").is_some()), "{}", text);
        }
    }
}
