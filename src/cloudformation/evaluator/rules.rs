//! The `Rules` section: what must hold between parameters ("Rules" and "Rule-specific intrinsic functions",
//! CloudFormation template reference).

use std::sync::Arc;

use super::Evaluator;
use super::equality::{Decision, all, any};
use crate::cloudformation::template::kind_name;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::value::{Condition, Literal, Value};

impl Evaluator<'_> {
    /// What every deployment fulfils: each rule's assertions wherever its condition holds, and the `AllowedValues` of
    /// what a parent stack passes on.
    pub(in crate::cloudformation) fn constraints(&mut self) -> Vec<Condition> {
        let rules: Vec<&Node> = self.template.rules.values().map(|entry| &entry.value).collect();
        let mut constraints = self.allowed_values();
        for rule in rules {
            let applies = rule.get("RuleCondition").map(|condition| self.formula(condition));
            let assertions = rule.get("Assertions");
            if let Some(odd) = assertions.filter(|assertions| !matches!(assertions.kind, NodeKind::Sequence(_))) {
                let message = format!("the assertions of a rule must be a list, not {}", kind_name(odd));
                self.report(Diagnostic::error(Code::Template, message, odd.span));
            }
            for assertion in assertions.map_or(&[][..], Node::items) {
                let Some(assert) = assertion.get("Assert") else { continue };
                let assert = self.formula(assert);
                let constraint = match &applies {
                    Some(applies) => any(vec![applies.negate(), assert]),
                    None => assert,
                };
                match constraint {
                    Condition::Constant(true) => {}
                    // A default that a rule refuses asks for a value. It says nothing of what is deployed with one.
                    Condition::Constant(false) => {
                        let message = "the parameters have values for which this assertion does not hold: \
                                       the template is judged without it";
                        self.report(Diagnostic::warning(Code::Template, message, assertion.span));
                    }
                    constraint => constraints.push(constraint),
                }
            }
        }
        constraints
    }

    fn allowed_values(&self) -> Vec<Condition> {
        let restrict = |(value, allowed): (Value, Arc<[Literal]>)| {
            let equal = |literal: &Literal| match literal {
                Literal::String(text) => match self.decide(&value, &Value::string(text)) {
                    Decision::Formula(formula) => Some(formula),
                    Decision::Opaque => None,
                },
                Literal::Bool(_) | Literal::Other => None,
            };
            allowed.iter().map(equal).collect::<Option<Vec<_>>>().map(any)
        };
        let constraints = self.scope.restricted().into_iter().filter_map(restrict);
        // That a value is not among those that are allowed has been said.
        constraints.filter(|constraint| !matches!(constraint, Condition::Constant(_))).collect()
    }

    /// `Fn::Contains`, `Fn::EachMemberIn`, `Fn::EachMemberEquals`
    pub(super) fn rule_function(&mut self, function: &str, a: &Node, b: &Node, node: &Node) -> Condition {
        let (a, b) = (self.evaluate(a), self.evaluate(b));
        let Some(members) = a.as_list() else { return self.place_condition(node) };
        match (function, b.as_list()) {
            ("Fn::Contains", _) => self.contains(members, &b, node.span),
            ("Fn::EachMemberEquals", _) => {
                let parts = members.iter().map(|member| self.equal(member, &b, node.span)).collect();
                all(parts)
            }
            (_, Some(list)) => all(members.iter().map(|member| self.contains(list, member, node.span)).collect()),
            (_, None) => self.place_condition(node),
        }
    }

    fn contains(&self, list: &[Value], member: &Value, span: Span) -> Condition {
        any(list.iter().map(|item| self.equal(item, member, span)).collect())
    }
}
