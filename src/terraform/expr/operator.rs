//! Operators: arithmetic, comparison and logic (HCL's `BinaryOpExpr` and `UnaryOpExpr`).

use std::cmp::Ordering;
use std::sync::Arc;

use super::choice::{as_choice, boolean, branches, condition_of, contains_marked, unmark_deep};
use super::equality::{bounds_of, equals, literal_for};
use super::{Evaluator, display};
use crate::parse::hcl::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::source::Span;
use crate::terraform::convert::{convert, invalid};
use crate::value::{Condition, Kind, Known, Number, Origin, Reason, Type, Unknown, Value};

impl Evaluator<'_> {
    pub(super) fn unary(&mut self, span: Span, op: UnaryOp, operand: &Value, operand_span: Span) -> Value {
        if let Some(choice) = as_choice(operand).map(Arc::clone) {
            let sensitive = operand.sensitive;
            return self
                .distribute(&choice, &Origin::at(span), |evaluator, branch| {
                    evaluator.unary(span, op, branch, operand_span)
                })
                .mark(sensitive);
        }
        let ty = if op == UnaryOp::Not { Type::Bool } else { Type::Number };
        let Some(value) = self.operand(operand, &ty, operand_span) else { return self.failed(ty, span) };
        let kind = match &value.kind {
            Kind::Bool(flag) => Kind::Bool(!flag),
            Kind::Number(number) => Kind::Number(number.negate()),
            Kind::Unknown(unknown) => {
                if let (UnaryOp::Not, Some(condition)) = (op, condition_of(&value)) {
                    let name = condition_name(&value);
                    return boolean(condition.negate(), name, unknown.reason.clone(), Origin::at(span))
                        .mark(value.sensitive);
                }
                return self.depends_on(&value, ty, span);
            }
            _ => return self.depends_on(&value, ty, span),
        };
        let origin = Origin { span: Some(span), via: value.origin.via.clone() };
        Value::new(kind, origin).mark(value.sensitive)
    }

    /// A binary operation. A long chain (`a + b + c …`) is a deep tree to the left, which is walked without recursion.
    pub(super) fn binary(&mut self, expr: &Expr) -> Value {
        let mut chain = Vec::new();
        let mut leftmost = expr;
        while let ExprKind::Binary(left, op, right) = &leftmost.kind {
            chain.push((leftmost, *op, &**left, &**right));
            leftmost = left;
        }
        let mark = self.diagnostics.len();
        let mut value = self.expr(leftmost);
        for (whole, op, left, right) in chain.into_iter().rev() {
            value = self.operation(whole, op, (left, value), right, mark);
        }
        value
    }

    /// `left op right`; `mark` is the count of diagnostics before `left` was evaluated.
    fn operation(&mut self, whole: &Expr, op: BinaryOp, left: (&Expr, Value), right: &Expr, mark: usize) -> Value {
        let (left_expr, left) = left;
        if matches!(op, BinaryOp::And | BinaryOp::Or) {
            return self.logic(whole, op, (left_expr, left), right, mark);
        }
        let right_value = self.expr(right);
        self.compute(whole, op, (left_expr.span, &left), (right.span, &right_value))
    }

    fn compute(&mut self, whole: &Expr, op: BinaryOp, left: (Span, &Value), right: (Span, &Value)) -> Value {
        let sensitive = left.1.sensitive || right.1.sensitive;
        if branches(left.1).saturating_mul(branches(right.1)) <= 32 {
            if let Some(choice) = as_choice(left.1).map(Arc::clone) {
                let each = |evaluator: &mut Self, branch: &Value| evaluator.compute(whole, op, (left.0, branch), right);
                return self.distribute(&choice, &Origin::at(whole.span), each).mark(sensitive);
            }
            if let Some(choice) = as_choice(right.1).map(Arc::clone) {
                let each = |evaluator: &mut Self, branch: &Value| evaluator.compute(whole, op, left, (right.0, branch));
                return self.distribute(&choice, &Origin::at(whole.span), each).mark(sensitive);
            }
        }
        match op {
            BinaryOp::Equal => self.equality(whole, left.1, right.1),
            BinaryOp::NotEqual => {
                let equal = self.equality(whole, left.1, right.1);
                self.unary(whole.span, UnaryOp::Not, &equal, whole.span)
            }
            _ => self.arithmetic(whole, op, left, right),
        }
    }

    fn equality(&mut self, whole: &Expr, left: &Value, right: &Value) -> Value {
        let origin = Origin::at(whole.span);
        let sensitive = contains_marked(left) || contains_marked(right);
        if let Some(result) = equals(&unmark_deep(left), &unmark_deep(right)) {
            return Value::new(Kind::Bool(result), origin).mark(sensitive);
        }
        let (unknown, other) = match (left.as_unknown(), right.as_unknown()) {
            (Some(unknown), _) => (unknown, right),
            (None, Some(unknown)) => (unknown, left),
            (None, None) => return self.depends_on(first_unknown(left, right), Type::Bool, whole.span).mark(sensitive),
        };
        if unknown.reason == Reason::Invalid
            || matches!(other.kind, Kind::Unknown(ref o) if o.reason == Reason::Invalid)
        {
            return self.depends_on(left, Type::Bool, whole.span).mark(sensitive);
        }
        // `!=` is the negation of a condition that is named by `==`.
        let name: Arc<str> = match &whole.kind {
            ExprKind::Binary(a, _, b) => format!("{} == {}", display(a), display(b)).into(),
            _ => display(whole).into(),
        };
        let condition = match (&unknown.known, literal_for(unknown, other)) {
            (Known::Variable(variable), Some(literal)) => Condition::Is(Arc::clone(variable), literal),
            _ => self.opaque(&name, whole),
        };
        boolean(condition, name, unknown.reason.clone(), origin).mark(sensitive)
    }

    /// The operand converted to a type; `None` after reporting that it is null or does not convert.
    fn operand(&mut self, value: &Value, ty: &Type, span: Span) -> Option<Value> {
        if value.is_null() {
            self.fail(span, format!("a {} is required, but this is null", ty.friendly()));
            return None;
        }
        match convert(value, ty) {
            Ok(value) => Some(value),
            Err(why) => {
                self.fail(span, why);
                None
            }
        }
    }

    fn failed(&self, ty: Type, span: Span) -> Value {
        Value::unknown(Unknown::new(Reason::Invalid).typed(ty), Origin::at(span))
    }

    fn arithmetic(&mut self, whole: &Expr, op: BinaryOp, left: (Span, &Value), right: (Span, &Value)) -> Value {
        let compares = matches!(op, BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual);
        let ty = if compares { Type::Bool } else { Type::Number };
        let (a, b) = (self.operand(left.1, &Type::Number, left.0), self.operand(right.1, &Type::Number, right.0));
        let (Some(a), Some(b)) = (a, b) else { return self.failed(ty, whole.span) };
        let sensitive = a.sensitive || b.sensitive;
        let origin = Origin::at(whole.span);
        let (Kind::Number(x), Kind::Number(y)) = (&a.kind, &b.kind) else {
            if compares {
                return self.unknown_comparison(whole, op, &a, &b).mark(sensitive);
            }
            return self.depends_on(first_unknown(&a, &b), ty, whole.span).mark(sensitive);
        };
        let kind = if compares {
            Kind::Bool(holds(op, x.cmp(y)))
        } else {
            match calculate(op, x, y) {
                Some(number) => Kind::Number(number),
                None => {
                    self.fail(whole.span, "this has no value: zero or infinity by itself");
                    return self.failed(ty, whole.span);
                }
            }
        };
        Value::new(kind, origin).mark(sensitive)
    }

    fn unknown_comparison(&mut self, whole: &Expr, op: BinaryOp, a: &Value, b: &Value) -> Value {
        let (least_a, greatest_a) = range(a);
        let (least_b, greatest_b) = range(b);
        let below = |x: &Option<Number>, y: &Option<Number>, orders: &[Ordering]| match (x, y) {
            (Some(x), Some(y)) => orders.contains(&x.cmp(y)),
            _ => false,
        };
        let certain = match op {
            BinaryOp::Less if below(&greatest_a, &least_b, &[Ordering::Less]) => Some(true),
            BinaryOp::Less if below(&greatest_b, &least_a, &[Ordering::Less, Ordering::Equal]) => Some(false),
            BinaryOp::LessEqual if below(&greatest_a, &least_b, &[Ordering::Less, Ordering::Equal]) => Some(true),
            BinaryOp::LessEqual if below(&greatest_b, &least_a, &[Ordering::Less]) => Some(false),
            BinaryOp::Greater if below(&greatest_b, &least_a, &[Ordering::Less]) => Some(true),
            BinaryOp::Greater if below(&greatest_a, &least_b, &[Ordering::Less, Ordering::Equal]) => Some(false),
            BinaryOp::GreaterEqual if below(&greatest_b, &least_a, &[Ordering::Less, Ordering::Equal]) => Some(true),
            BinaryOp::GreaterEqual if below(&greatest_a, &least_b, &[Ordering::Less]) => Some(false),
            _ => None,
        };
        if let Some(result) = certain {
            return Value::new(Kind::Bool(result), Origin::at(whole.span));
        }
        let cause = first_unknown(a, b);
        let Some(unknown) = cause.as_unknown().filter(|unknown| unknown.reason != Reason::Invalid) else {
            return self.depends_on(cause, Type::Bool, whole.span);
        };
        let name: Arc<str> = display(whole).into();
        boolean(self.opaque(&name, whole), name, unknown.reason.clone(), Origin::at(whole.span))
    }

    /// `&&` and `||`. A known operand that decides does so whatever the other is, errors in the other included; an
    /// unknown one that could decide makes the result unknown and the errors of the other void.
    fn logic(&mut self, whole: &Expr, op: BinaryOp, left: (&Expr, Value), right: &Expr, mark: usize) -> Value {
        let (left_expr, left) = left;
        let span = whole.span;
        let a = self.operand(&left, &Type::Bool, left_expr.span);
        let left_failed = self.failed_since(mark);
        let between = self.diagnostics.len();
        let right_value = self.expr(right);
        let b = self.operand(&right_value, &Type::Bool, right.span);
        let right_failed = self.failed_since(between);
        let sensitive = left.sensitive || right_value.sensitive;
        let decisive = op == BinaryOp::Or;
        let (a_known, b_known) = (a.as_ref().and_then(Value::as_bool), b.as_ref().and_then(Value::as_bool));
        let origin = Origin::at(span);
        if left.is_null() {
            self.forget_since(between);
            return self.failed(Type::Bool, span).mark(sensitive);
        }
        if a_known == Some(decisive) {
            self.forget_since(between);
            return Value::new(Kind::Bool(decisive), origin).mark(sensitive);
        }
        if b_known == Some(decisive) {
            let kept = self.diagnostics.split_off(between);
            self.forget_since(mark);
            self.diagnostics.extend(kept);
            return Value::new(Kind::Bool(decisive), origin).mark(sensitive);
        }
        if let (Some(_), Some(_)) = (a_known, b_known) {
            return Value::new(Kind::Bool(!decisive), origin).mark(sensitive);
        }
        if !left_failed && a_known.is_none() && b_known.is_none() {
            self.forget_since(between);
        }
        if left_failed || right_failed && a_known.is_some() {
            return self.failed(Type::Bool, span).mark(sensitive);
        }
        let (a, b) = (a.unwrap_or_else(invalid), b.unwrap_or_else(invalid));
        let (a_formula, b_formula) = (self.formula(left_expr, &a), self.formula(right, &b));
        let condition = match op {
            BinaryOp::And => a_formula.0.and(&b_formula.0),
            _ => a_formula.0.negate().and(&b_formula.0.negate()).negate(),
        };
        let reason = first_unknown(&a, &b).as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
        boolean(condition, display(whole).into(), reason, origin).mark(sensitive)
    }
}

fn first_unknown<'v>(a: &'v Value, b: &'v Value) -> &'v Value {
    fn has_unknown(value: &Value) -> bool {
        !value.is_wholly_known()
    }
    let inner = if has_unknown(a) { a } else { b };
    let mut found = inner;
    let mut first = true;
    inner.for_each_unknown(&mut |value, _| {
        if first {
            (found, first) = (value, false);
        }
    });
    found
}

/// The name of the condition that a boolean choice has.
fn condition_name(value: &Value) -> Arc<str> {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(choice)) => Arc::clone(&choice.name),
        Some(Known::Variable(variable)) => Arc::clone(&variable.name),
        _ => "".into(),
    }
}

/// The least and greatest number that a value can be.
fn range(value: &Value) -> (Option<Number>, Option<Number>) {
    match &value.kind {
        Kind::Number(number) => (Some(number.clone()), Some(number.clone())),
        Kind::Unknown(unknown) => {
            let (min, max) = bounds_of(unknown);
            (min.map(Number::from), max.map(Number::from))
        }
        _ => (None, None),
    }
}

fn holds(op: BinaryOp, ordering: Ordering) -> bool {
    match op {
        BinaryOp::Less => ordering.is_lt(),
        BinaryOp::LessEqual => ordering.is_le(),
        BinaryOp::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    }
}

fn calculate(op: BinaryOp, a: &Number, b: &Number) -> Option<Number> {
    match op {
        BinaryOp::Add => a.add(b),
        BinaryOp::Subtract => a.subtract(b),
        BinaryOp::Multiply => a.multiply(b),
        BinaryOp::Divide => a.divide(b),
        _ => a.modulo(b),
    }
}
