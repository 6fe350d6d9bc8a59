//! The same structure as another parser's, where both accept a text.

use hcl_edit::expr::{BinaryOperator, Expression, ObjectKey, TraversalOperator, UnaryOperator};
use hcl_edit::structure::{BlockLabel, Structure};
use hcl_edit::template::{Directive, Element, Template as Theirs};
use proptest::prelude::*;

use super::*;

fn their_body(body: &hcl_edit::structure::Body) -> String {
    let (mut attributes, mut blocks) = (Vec::new(), Vec::new());
    for structure in body.iter() {
        match structure {
            Structure::Attribute(attribute) => {
                attributes.push(format!("{}={}", attribute.key.as_str(), their_expr(&attribute.value)));
            }
            Structure::Block(block) => {
                let labels: String = block
                    .labels
                    .iter()
                    .map(|label| match label {
                        BlockLabel::Ident(name) => format!(" {}", name.as_str()),
                        BlockLabel::String(text) => format!(" {}", text.as_str()),
                    })
                    .collect();
                blocks.push(format!("{}{labels}({})", block.ident.as_str(), their_body(&block.body)));
            }
        }
    }
    attributes.extend(blocks);
    attributes.join(" ")
}

fn our_body(body: &Body) -> String {
    let attributes =
        body.attributes.iter().map(|attribute| format!("{}={}", attribute.name.name, show(&attribute.expr)));
    let blocks = body.blocks.iter().map(|block| {
        let labels: String = block.labels.iter().map(|label| format!(" {}", label.name)).collect();
        format!("{}{labels}({})", block.kind.name, our_body(&block.body))
    });
    attributes.chain(blocks).collect::<Vec<_>>().join(" ")
}

fn their_expr(expr: &Expression) -> String {
    let list = |items: &mut dyn Iterator<Item = &Expression>| items.map(their_expr).collect::<Vec<_>>().join(" ");
    match expr {
        Expression::Null(_) => "null".into(),
        Expression::Bool(value) => value.as_ref().to_string(),
        Expression::Number(number) => number.as_repr().map_or_else(|| number.value().to_string(), |r| r.to_string()),
        Expression::String(text) => format!("{:?}", text.as_str()),
        Expression::StringTemplate(template) => {
            format!("`{}`", template.iter().map(their_element).collect::<String>())
        }
        Expression::HeredocTemplate(heredoc) => {
            let text = their_template(&heredoc.template);
            let literal = heredoc.template.iter().all(|element| element.is_literal());
            if literal { format!("{text:?}") } else { format!("`{text}`") }
        }
        Expression::Array(items) => format!("[{}]", list(&mut items.iter())),
        Expression::Object(items) => {
            let items = items.iter().map(|(key, value)| {
                let key = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(expr) => their_expr(expr),
                };
                format!("{key}={}", their_expr(value.expr()))
            });
            format!("{{{}}}", items.collect::<Vec<_>>().join(" "))
        }
        Expression::Parenthesis(inner) => format!("({})", their_expr(inner.inner())),
        Expression::Variable(name) => name.as_str().to_owned(),
        Expression::Conditional(c) => {
            format!("(if {} {} {})", their_expr(&c.cond_expr), their_expr(&c.true_expr), their_expr(&c.false_expr))
        }
        Expression::FuncCall(call) => {
            let namespace: String = call.name.namespace.iter().map(|part| format!("{}::", part.as_str())).collect();
            let expand = if call.args.expand_final() { "..." } else { "" };
            format!("{namespace}{}({}{expand})", call.name.name.as_str(), list(&mut call.args.iter()))
        }
        Expression::Traversal(traversal) => {
            let operators: Vec<_> = traversal.operators.iter().map(|operator| operator.value()).collect();
            their_steps(their_expr(&traversal.expr), &operators)
        }
        Expression::UnaryOp(op) => {
            let name = if *op.operator.value() == UnaryOperator::Neg { "Negate" } else { "Not" };
            format!("({name} {})", their_expr(&op.expr))
        }
        Expression::BinaryOp(op) => {
            let name = match op.operator.value() {
                BinaryOperator::Eq => "Equal",
                BinaryOperator::NotEq => "NotEqual",
                BinaryOperator::LessEq => "LessEqual",
                BinaryOperator::GreaterEq => "GreaterEqual",
                BinaryOperator::Less => "Less",
                BinaryOperator::Greater => "Greater",
                BinaryOperator::Plus => "Add",
                BinaryOperator::Minus => "Subtract",
                BinaryOperator::Mul => "Multiply",
                BinaryOperator::Div => "Divide",
                BinaryOperator::Mod => "Modulo",
                BinaryOperator::And => "And",
                BinaryOperator::Or => "Or",
            };
            format!("({name} {} {})", their_expr(&op.lhs_expr), their_expr(&op.rhs_expr))
        }
        Expression::ForExpr(iteration) => {
            let intro = &iteration.intro;
            let key_var = intro.key_var.as_ref().map_or(String::new(), |name| format!("{},", name.as_str()));
            let key = iteration.key_expr.as_ref().map_or(String::new(), |key| format!("{} => ", their_expr(key)));
            let group = if iteration.grouping { "..." } else { "" };
            let condition = iteration.cond.as_ref().map_or(String::new(), |c| format!(" if {}", their_expr(&c.expr)));
            let (var, collection) = (intro.value_var.as_str(), their_expr(&intro.collection_expr));
            format!(
                "<for {key_var}{var} in {collection}: {key}{}{group}{condition}>",
                their_expr(&iteration.value_expr)
            )
        }
    }
}

/// Their traversals are flat: a full splat takes all that follows, an attribute splat what follows by name.
fn their_steps(base: String, operators: &[&TraversalOperator]) -> String {
    let Some((first, rest)) = operators.split_first() else { return base };
    match first {
        TraversalOperator::GetAttr(name) => their_steps(format!("{base}.{}", name.as_str()), rest),
        TraversalOperator::Index(key) => their_steps(format!("{base}[{}]", their_expr(key)), rest),
        TraversalOperator::LegacyIndex(index) => their_steps(format!("{base}[{}]", **index), rest),
        TraversalOperator::FullSplat(_) => format!("{base}<[*]{}>", their_steps(String::new(), rest)),
        TraversalOperator::AttrSplat(_) => {
            let named = |operator: &&&TraversalOperator| {
                matches!(operator, TraversalOperator::GetAttr(_) | TraversalOperator::LegacyIndex(_))
            };
            let (each, after) = rest.split_at(rest.iter().take_while(named).count());
            their_steps(format!("{base}<.*{}>", their_steps(String::new(), each)), after)
        }
    }
}

fn their_template(template: &Theirs) -> String {
    template.iter().map(their_element).collect()
}

fn their_element(element: &Element) -> String {
    match element {
        Element::Literal(text) => text.as_str().to_owned(),
        Element::Interpolation(interpolation) => format!("${{{}}}", their_expr(&interpolation.expr)),
        Element::Directive(directive) => match &**directive {
            Directive::If(directive) => {
                let otherwise = directive.else_expr.as_ref().map_or(String::new(), |e| their_template(&e.template));
                let then = &directive.if_expr;
                format!("%{{{}|{}|{otherwise}}}", their_expr(&then.cond_expr), their_template(&then.template))
            }
            Directive::For(directive) => {
                let head = &directive.for_expr;
                let key_var = head.key_var.as_ref().map_or(String::new(), |name| format!("{},", name.as_str()));
                let (var, collection) = (head.value_var.as_str(), their_expr(&head.collection_expr));
                format!("%{{{key_var}{var} in {collection}|{}}}", their_template(&head.template))
            }
        },
    }
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b-c", "d_1", "var", "é"]).prop_map(String::from)
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        name(),
        prop::sample::select(vec!["1", "0.5", "null", "true", "\"\"", "\"x\\n\\\"\\u00e9\"", "\"$${a} % $b\""])
            .prop_map(String::from),
    ]
}

/// Expressions in the common part of both grammars.
fn expression() -> impl Strategy<Value = String> {
    literal().prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 0..4);
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("!{a}")),
            inner.clone().prop_map(|a| format!("({a})[*].x[0].y")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}).x[{b}]")),
            inner.clone().prop_map(|a| format!("({a}).*.x.y[0]")),
            many.clone().prop_map(|items| format!("[{}]", items.join(", "))),
            (name(), many.clone()).prop_map(|(name, args)| format!("{name}({})", args.join(",\n "))),
            (name(), inner.clone(), inner.clone())
                .prop_map(|(key, a, b)| format!("{{ {key} = {a}, \"k\" : {b}\n ({key}x) = 1 }}")),
            (name(), inner.clone(), inner.clone()).prop_map(|(v, a, b)| format!("[for {v} in {a} : {b} if {v}]")),
            (name(), inner.clone(), inner.clone()).prop_map(|(v, a, b)| format!("{{for k, {v} in {a} : k => {b}...}}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(c, a, b)| format!("({c}) ? {a} : {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("\"x${{{a}}} ${{ {b} }}y\"")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("\"%{{ if {a} }}t%{{ else }}${{{b}}}%{{ endif }}\"")),
        ]
    })
}

fn body() -> impl Strategy<Value = String> {
    let attributes = prop::collection::vec(expression(), 0..4)
        .prop_map(|values| values.iter().enumerate().map(|(i, v)| format!("a{i} = {v} # c\n")).collect::<String>());
    attributes.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), name(), inner)
            .prop_map(|(before, label, inside)| format!("{before}block {label} \"{label}\" {{\n{inside}}}\n"))
    })
}

proptest! {
    #[test]
    fn both_understand_the_same(text in body()) {
        let source = source(&text);
        let (body, diagnostics) = parse(&source);
        prop_assert_eq!(&diagnostics, &[], "{}", text);
        // The other parser refuses some of what is sound.
        if let Ok(theirs) = hcl_edit::parser::parse_body(&text) {
            prop_assert_eq!(our_body(&body), their_body(&theirs), "{}", text);
        }
    }
}
