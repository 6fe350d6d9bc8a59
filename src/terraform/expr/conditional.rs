//! `condition ? then : otherwise` (HCL's `ConditionalExpr`).

use super::Evaluator;
use super::choice::{choose, may_be_null};
use crate::parse::hcl::ast::Expr;
use crate::source::Span;
use crate::terraform::convert::{convert, invalid, unify};
use crate::value::{Kind, Known, Origin, Type, Unknown, Value};

impl Evaluator<'_> {
    pub(super) fn conditional(&mut self, span: Span, condition: &Expr, then: &Expr, otherwise: &Expr) -> Value {
        let condition_value = self.expr(condition);
        let mark = self.diagnostics.len();
        let then_value = self.expr(then);
        let otherwise_reports = self.diagnostics.len();
        let otherwise_value = self.expr(otherwise);

        let Some(ty) = self.result_type(span, &then_value, &otherwise_value) else {
            self.forget_since(mark);
            return self.fail(span, "the two results of this conditional have types that do not fit together");
        };
        if condition_value.is_null() {
            self.forget_since(mark);
            return self.fail(condition.span, "the condition is null");
        }
        let decided = match convert(&condition_value, &Type::Bool) {
            Ok(value) => value,
            Err(why) => {
                self.forget_since(mark);
                return self.fail(condition.span, format!("not a condition: {why}"));
            }
        };
        let sensitive = decided.sensitive;
        match decided.kind {
            Kind::Bool(true) => {
                self.forget_between(otherwise_reports, self.diagnostics.len());
                self.branch(then, &then_value, &ty).mark(sensitive)
            }
            Kind::Bool(false) => {
                self.forget_between(mark, otherwise_reports);
                self.branch(otherwise, &otherwise_value, &ty).mark(sensitive)
            }
            _ => {
                self.forget_since(mark);
                self.undecided(span, condition, &decided, then_value, otherwise_value, ty).mark(sensitive)
            }
        }
    }

    /// The type of both results; `None` if there is none, which is an error.
    fn result_type(&self, _span: Span, then: &Value, otherwise: &Value) -> Option<Type> {
        let (a, b) = (Type::of(then), Type::of(otherwise));
        match (then.is_null(), otherwise.is_null()) {
            (true, _) => Some(b),
            (_, true) => Some(a),
            _ if a == Type::Dynamic || b == Type::Dynamic => Some(Type::Dynamic),
            _ => unify(&[a, b]),
        }
    }

    fn branch(&mut self, expr: &Expr, value: &Value, ty: &Type) -> Value {
        match convert(value, ty) {
            Ok(value) => value,
            Err(why) => self.fail(expr.span, why),
        }
    }

    /// Takes back what was reported between two counts of diagnostics.
    fn forget_between(&mut self, from: usize, to: usize) {
        let after = self.diagnostics.split_off(to);
        self.forget_since(from);
        self.diagnostics.extend(after);
    }

    fn undecided(
        &mut self,
        span: Span,
        condition: &Expr,
        condition_value: &Value,
        then: Value,
        otherwise: Value,
        ty: Type,
    ) -> Value {
        let then = convert(&then, &ty).unwrap_or_else(|_| invalid());
        let otherwise = convert(&otherwise, &ty).unwrap_or_else(|_| invalid());
        let sensitive = then.sensitive || otherwise.sensitive;
        if matches!(&condition_value.kind, Kind::Unknown(unknown) if unknown.reason == crate::value::Reason::Invalid) {
            let unknown = Unknown {
                not_null: !may_be_null(&then) && !may_be_null(&otherwise),
                ..Unknown::new(crate::value::Reason::Invalid).typed(ty).known(Known::Nothing)
            };
            return Value::unknown(unknown, Origin::at(span)).mark(sensitive);
        }
        let (formula, name) = self.formula(condition, condition_value);
        let value = choose(&formula, &name, then, otherwise, ty, Origin::at(span)).mark(sensitive);
        match value.kind {
            // The condition is what people can act on, whatever the branches depend on.
            Kind::Unknown(ref unknown) if matches!(unknown.known, Known::Choice(_)) => {
                let mut unknown = (**unknown).clone();
                if let Some(cause) = condition_value.as_unknown() {
                    unknown.reason = cause.reason.clone();
                }
                Value::unknown(unknown, value.origin).mark(value.sensitive)
            }
            _ => value,
        }
    }
}
