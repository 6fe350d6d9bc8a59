//! Properties of patterns and decisions, against brute force and against one another.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;

use super::condition::{Presence, RequestContext};
use super::context::Context;
use super::decide::{Decision, IdentityPolicies, Request, can};
use super::document::read;
use super::facts::facts;
use super::findings;
use super::kind::PolicyKind;
use super::pattern::{Pattern, covered};
use super::principal::Who;
use super::truth::Truth;
use crate::value::Value;

const OWN: &str = "123456789012";

/// All texts of up to six characters over the letters that patterns use and one that they do not.
fn texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..6 {
        last = last.iter().flat_map(|text| ["a", "b", "c"].map(|c| format!("{text}{c}"))).collect();
        all.extend(last.iter().cloned());
    }
    all
}

fn matches(pattern: &str, text: &str) -> bool {
    match (pattern.chars().next(), text.chars().next()) {
        (None, None) => true,
        (Some('*'), _) => matches(&pattern[1..], text) || (!text.is_empty() && matches(pattern, &text[1..])),
        (Some('?'), Some(_)) => matches(&pattern[1..], &text[1..]),
        (Some(p), Some(t)) if p == t => matches(&pattern[1..], &text[1..]),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn patterns_agree_with_brute_force(p in "[ab*?]{0,4}", q in "[ab*?]{0,4}", r in "[ab*?]{0,4}") {
        let (one, other, third) = (Pattern::exact_case(&p), Pattern::exact_case(&q), Pattern::exact_case(&r));
        let all = texts();
        let of = |pattern: &str| all.iter().filter(|text| matches(pattern, text)).collect::<Vec<_>>();
        for text in &all {
            prop_assert_eq!(one.matches(text), Truth::from(matches(&p, text)), "{} {}", p, text);
        }
        let (a, b, c) = (of(&p), of(&q), of(&r));
        // Patterns of four tokens that meet do so in at most six characters: with a star in each, three fixed ones each.
        prop_assert_eq!(one.intersects(&other).is_true(), a.iter().any(|text| b.contains(text)), "{} {}", p, q);
        // They differ on texts of up to four characters or not at all, unless both have stars.
        let within = a.iter().all(|text| b.contains(text));
        prop_assert!(!other.includes(&one) || within, "{} within {}", p, q);
        prop_assert!(other.includes(&one) || !within || (p.contains('*') && q.contains('*')), "{} not within {}", p, q);
        let union = a.iter().all(|text| b.contains(text) || c.contains(text));
        prop_assert!(!covered(&one, &[other, third]) || union, "{} within {} or {}", p, q, r);
    }
}

/// A statement of a policy with few names, so that statements meet.
fn statement() -> impl Strategy<Value = (bool, Vec<usize>, Vec<usize>, usize)> {
    (any::<bool>(), vec(0..PRINCIPALS.len(), 1..3), vec(0..ACTIONS.len(), 1..3), 0..CONDITIONS.len())
}

const PRINCIPALS: [&str; 5] = [
    "*",
    "arn:aws:iam::123456789012:root",
    "arn:aws:iam::123456789012:role/app",
    "arn:aws:iam::210987654321:role/app",
    "arn:aws:iam::123456789012:user/anna",
];
const ACTIONS: [&str; 5] = ["kms:Decrypt", "kms:*", "kms:De*", "kms:CreateGrant", "kms:?ncrypt"];
const CONDITIONS: [(&str, &str, &str); 11] = [
    ("", "", ""),
    ("StringEquals", "kms:ViaService", "s3.eu-west-1.amazonaws.com"),
    ("StringNotEquals", "aws:PrincipalAccount", OWN),
    ("BoolIfExists", "aws:MultiFactorAuthPresent", "false"),
    ("ForAllValues:StringEquals", "kms:GrantOperations", "Decrypt"),
    ("StringLike", "kms:ViaService", "s3.*.amazonaws.com"),
    ("StringNotLike", "kms:ViaService", "s3.*.amazonaws.com"),
    ("Null", "kms:ViaService", "true"),
    ("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"),
    ("StringNotEquals", "aws:PrincipalOrgID", "o-abcdef1234"),
    ("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/app"),
];

type Sketch = (bool, Vec<usize>, Vec<usize>, usize);

fn policy(statements: &[Sketch]) -> Value {
    let strings = |items: Vec<&str>| Value::list(items.into_iter().map(Value::string).collect());
    let one = |(allow, who, actions, condition): &Sketch| {
        let (operator, key, value) = CONDITIONS[*condition];
        let mut pairs = vec![
            ("Effect", Value::string(if *allow { "Allow" } else { "Deny" })),
            ("Principal", Value::from_pairs([("AWS", strings(who.iter().map(|i| PRINCIPALS[*i]).collect()))])),
            ("Action", strings(actions.iter().map(|i| ACTIONS[*i]).collect())),
            ("Resource", Value::string("*")),
        ];
        if !operator.is_empty() {
            let condition = Value::from_pairs([(key, Value::string(value))]);
            pairs.push(("Condition", Value::from_pairs([(operator, condition)])));
        }
        Value::from_pairs(pairs)
    };
    Value::from_pairs([("Statement", Value::list(statements.iter().map(one).collect()))])
}

fn requests() -> Vec<Request> {
    let via = "s3.eu-west-1.amazonaws.com".to_owned();
    let contexts = [
        RequestContext::closed(),
        RequestContext::closed().with("kms:ViaService", Presence::Values(vec![via])),
        RequestContext::open(),
    ];
    let mut all = Vec::new();
    for principal in &PRINCIPALS[1..] {
        for action in ["kms:Decrypt", "kms:Encrypt", "kms:CreateGrant", "kms:PutKeyPolicy"] {
            for context in &contexts {
                for identity in [IdentityPolicies::Allow, IdentityPolicies::Silent, IdentityPolicies::Unknown] {
                    all.push(Request {
                        principal: Who::requester(principal),
                        action: action.to_owned(),
                        resource: None,
                        context: context.clone(),
                        identity,
                    });
                }
            }
        }
    }
    all
}

fn answers(policy: &Value) -> Vec<Decision> {
    let ctx = Context { account: Some(OWN), ..Context::default() };
    let document = read(policy, PolicyKind::Key, &ctx);
    requests().iter().map(|request| can(&document, &[], request).decision).collect()
}

fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::Deny => 0,
        Decision::Conditional => 1,
        Decision::Allow => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_deny_never_widens(statements in vec(statement(), 0..4), denial in statement()) {
        let before = answers(&policy(&statements));
        let mut more = statements;
        more.push((false, denial.1, denial.2, denial.3));
        for (before, after) in before.iter().zip(answers(&policy(&more))) {
            prop_assert!(rank(after) <= rank(*before));
        }
    }

    #[test]
    fn nothing_is_allowed_that_is_denied_unconditionally(statements in vec(statement(), 0..4), denial in statement()) {
        let mut more = statements;
        more.push((false, denial.1, denial.2, 0));
        let ctx = Context { account: Some(OWN), ..Context::default() };
        let document = read(&policy(&more), PolicyKind::Key, &ctx);
        let last = document.statements.last().unwrap();
        for request in requests() {
            if last.applies(&document, &request).0.is_true() {
                prop_assert_eq!(can(&document, &[], &request).decision, Decision::Deny);
            }
        }
    }

    #[test]
    fn void_and_redundant_statements_change_nothing(statements in vec(statement(), 1..5)) {
        let ctx = Context { account: Some(OWN), ..Context::default() };
        let whole = policy(&statements);
        let found = findings::of(&read(&whole, PolicyKind::Key, &ctx), &ctx);
        let idle = found.iter().filter(|finding| matches!(finding.id, "KP26" | "KP27"));
        for index in idle.filter_map(|finding| finding.statement) {
            let mut fewer = statements.clone();
            fewer.remove(index);
            let certain = |policy: &Value| {
                let document = read(policy, PolicyKind::Key, &ctx);
                let requests = requests().into_iter().filter(|request| request.context.get("x") == &Presence::Absent);
                requests.map(|request| can(&document, &[], &request).decision).collect::<Vec<_>>()
            };
            prop_assert_eq!(certain(&whole), certain(&policy(&fewer)), "statement {} of {:?}", index, statements);
        }
    }

    #[test]
    fn whoever_lets_strangers_in_is_told(statements in vec(statement(), 0..5)) {
        let ctx = Context { account: Some(OWN), ..Context::default() };
        let document = read(&policy(&statements), PolicyKind::Key, &ctx);
        let request = Request {
            principal: Who::requester("arn:aws:iam::999999999999:role/x"),
            action: "kms:Decrypt".to_owned(),
            resource: None,
            context: RequestContext::closed().with_value("aws:SourceIp", "198.51.100.1"),
            identity: IdentityPolicies::Allow,
        };
        if can(&document, &[], &request).decision == Decision::Allow {
            let found = findings::of(&document, &ctx);
            prop_assert!(found.iter().any(|finding| matches!(finding.id, "KP01" | "KP02")), "{:?}", statements);
        }
    }

    #[test]
    fn order_does_not_matter(statements in vec(statement(), 0..5)) {
        let mut turned = statements.clone();
        turned.reverse();
        prop_assert_eq!(answers(&policy(&statements)), answers(&policy(&turned)));
    }

    #[test]
    fn splitting_changes_nothing(statements in vec(statement(), 0..4)) {
        let by_action = statements.iter().flat_map(|(allow, who, actions, condition)| {
            actions.iter().map(move |action| (*allow, who.clone(), vec![*action], *condition))
        });
        let by_principal = statements.iter().flat_map(|(allow, who, actions, condition)| {
            who.iter().map(move |who| (*allow, vec![*who], actions.clone(), *condition))
        });
        let whole = answers(&policy(&statements));
        prop_assert_eq!(&whole, &answers(&policy(&by_action.collect::<Vec<_>>())));
        prop_assert_eq!(&whole, &answers(&policy(&by_principal.collect::<Vec<_>>())));
    }
}

/// A policy of some statements that are all alike but for a number.
fn many(count: usize, statement: impl Fn(usize) -> Vec<(&'static str, Value)>) -> Value {
    Value::from_pairs([
        ("Version", Value::string("2012-10-17")),
        ("Statement", Value::list((0..count).map(|i| Value::from_pairs(statement(i))).collect())),
    ])
}

#[test]
fn hostile_policies_are_bounded() {
    let stars = "*a".repeat(10_000);
    let wide = |text: &str| {
        many(50, |_| {
            vec![
                ("Effect", Value::string("Deny")),
                ("Principal", Value::string("*")),
                ("Action", Value::string(format!("kms:{text}"))),
                ("Resource", Value::string(format!("arn:aws:kms:{text}"))),
            ]
        })
    };
    let conditions = many(5, |_| {
        let keys = (0..5_000).map(|i| (format!("aws:PrincipalTag/{i}"), Value::string(format!("*a*b*{i}*"))));
        vec![
            ("Effect", Value::string("Allow")),
            ("Principal", Value::string("*")),
            ("Action", Value::string("kms:*")),
            ("Condition", Value::from_pairs([("StringLike", Value::from_pairs(keys))])),
        ]
    });
    let mut nested = Value::string("x");
    for _ in 0..200 {
        nested = Value::list(vec![nested]);
    }
    let principals = many(2, |_| {
        let names = (0..20_000).map(|i| Value::string(format!("arn:aws:iam::123456789012:role/r{i}")));
        vec![
            ("Effect", Value::string("Allow")),
            ("Principal", Value::from_pairs([("AWS", Value::list(names.collect()))])),
            ("Action", Value::string("kms:*")),
            ("Resource", nested.clone()),
        ]
    });
    for policy in [wide(&stars), wide(&"*?a".repeat(600)), conditions, principals] {
        for kind in [PolicyKind::Key, PolicyKind::Bucket, PolicyKind::Identity] {
            let start = Instant::now();
            facts(&policy, kind, &Context::default());
            assert!(start.elapsed() < Duration::from_secs(10), "{kind:?} took {:?}", start.elapsed());
        }
    }
}
