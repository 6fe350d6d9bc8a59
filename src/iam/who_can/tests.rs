//! Who is asked for, and what follows from that.
#![allow(clippy::unwrap_used)]

use super::{Caller, Question, Row, through_own_policies, who_can};
use crate::iam::context::Context;
use crate::iam::document::{PolicyDocument, read};
use crate::iam::kind::PolicyKind;
use crate::iam::principal::Who;
use crate::parse::json;
use crate::source::Sources;
use crate::value::node_to_value;

const ACCOUNT: &str = r#""Principal": {"AWS": "123456789012"}, "Action": "kms:*""#;
const APP: &str = "arn:aws:iam::123456789012:role/app";
const OTHER: &str = "arn:aws:iam::210987654321:role/other";

fn document(kind: PolicyKind, statements: &[(&str, &str)]) -> PolicyDocument {
    let statements: Vec<String> = statements
        .iter()
        .map(|(effect, rest)| format!(r#"{{"Effect": "{effect}", {rest}, "Resource": "*"}}"#))
        .collect();
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "));
    let (node, problems) = json::parse(&Sources::default().add("policy.json", text));
    assert!(problems.is_empty(), "{problems:?}");
    read(&node_to_value(&node), kind, &Context { account: Some("123456789012"), ..Context::default() })
}

fn rows(statements: &[(&str, &str)], action: &str, principal: Option<&str>) -> Vec<Row> {
    let who = principal.map(Who::requester);
    let document = document(PolicyKind::Key, statements);
    who_can(&document, &[], &Question { action, targets: &[], principal: who.as_ref() })
}

#[test]
fn whom_not_principal_lists_is_not_among_the_others() {
    let others = [("Allow", r#""NotPrincipal": {"AWS": "arn:aws:iam::123456789012:role/app"}, "Action": "kms:*""#)];
    assert!(rows(&others, "kms:Decrypt", Some(APP)).is_empty());
    let db = rows(&others, "kms:Decrypt", Some("arn:aws:iam::123456789012:role/db"));
    assert_eq!((db[0].principal.as_str(), db[0].owner), ("arn:aws:iam::123456789012:role/db", Some("own")));
    assert!(db[0].certain);
    assert!(!rows(&others, "kms:Decrypt", Some(OTHER))[0].certain, "its account decides too");
    assert_eq!(rows(&others, "kms:Decrypt", None)[0].principal, format!("everyone except {APP}"));
}

#[test]
fn conditions_and_denials_keep_the_others_out() {
    let own = r#""NotPrincipal": {"AWS": "arn:aws:iam::123456789012:role/app"}, "Action": "kms:*",
        "Condition": {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}"#;
    assert!(rows(&[("Allow", own)], "kms:Decrypt", Some(OTHER)).is_empty());
    let any = ("Allow", r#""NotPrincipal": {"AWS": "arn:aws:iam::123456789012:role/app"}, "Action": "kms:*""#);
    let deny = |key: &str| {
        let rest = r#""Principal": "*", "Action": "kms:*", "Condition": {"StringNotEquals": {"KEY": "123456789012"}}"#;
        rest.replace("KEY", key)
    };
    assert!(rows(&[any, ("Deny", &deny("aws:PrincipalAccount"))], "kms:Decrypt", Some(OTHER)).is_empty());
    assert_eq!(rows(&[any, ("Deny", &deny("aws:SourceVpc"))], "kms:Decrypt", None)[0].unless.len(), 1);
}

#[test]
fn conditions_that_follow_from_who_asks_are_left_out() {
    let by_name = r#""Principal": "*", "Action": "kms:Decrypt",
        "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/a*"}}"#;
    assert!(rows(&[("Allow", by_name)], "kms:Decrypt", Some(APP))[0].conditions.is_empty());
    assert!(rows(&[("Allow", by_name)], "kms:Decrypt", Some("arn:aws:iam::123456789012:role/b")).is_empty());
    assert_eq!(rows(&[("Allow", by_name)], "kms:Decrypt", None)[0].conditions.len(), 1);
    // The account stands for its principals, not for its root user.
    let account = format!(r#"{ACCOUNT}, "Condition": {{"ArnLike": {{"aws:PrincipalArn": "{APP}"}}}}"#);
    assert_eq!(rows(&[("Allow", &account)], "kms:Decrypt", None)[0].conditions.len(), 1);
}

#[test]
fn keys_that_no_request_has_decide() {
    let with = |condition: &str, actions: &str| {
        format!(r#""Principal": {{"AWS": "{APP}"}}, "Action": {actions}, "Condition": {{{condition}}}"#)
    };
    let grants = r#""Bool": {"kms:GrantIsForAWSResource": "true"}"#;
    assert!(rows(&[("Allow", &with(grants, r#""kms:Decrypt""#))], "kms:Decrypt", None).is_empty());
    let create = rows(&[("Allow", &with(grants, r#"["kms:Decrypt", "kms:CreateGrant"]"#))], "kms:CreateGrant", None);
    assert_eq!(create[0].conditions.len(), 1);
    let key = |key: &str| with(&format!(r#""StringEquals": {{"{key}": "o-aaaaaaaaaa"}}"#), r#""kms:Decrypt""#);
    assert!(rows(&[("Allow", &key("aws:PrincipalOrgId2"))], "kms:Decrypt", None).is_empty());
    assert_eq!(rows(&[("Allow", &key("aws:PrincipalOrgID"))], "kms:Decrypt", None).len(), 1);
    assert_eq!(rows(&[("Allow", &key("aws:SomethingNew"))], "kms:Decrypt", None).len(), 1);
}

#[test]
fn actions_on_no_key_are_left_to_own_policies() {
    let key = document(PolicyKind::Key, &[("Allow", ACCOUNT), ("Deny", r#""Principal": "*", "Action": "kms:List*""#)]);
    let who = Who::requester(APP);
    let policies = [document(PolicyKind::Identity, &[("Allow", r#""Action": "kms:List*""#)])];
    let caller = Caller { who: &who, policies: &policies };
    let ways = |action: &str| {
        let question = Question { action, targets: &[], principal: None };
        (who_can(&key, &[], &question).len(), through_own_policies(&key, &caller, &question).len())
    };
    assert_eq!(ways("kms:ListKeys"), (0, 1));
    assert_eq!(ways("kms:ListGrants"), (0, 0), "the key denies it");
    assert_eq!(ways("kms:DescribeKey"), (1, 0));
}

#[test]
fn denials_win_over_grants_and_by_exclusion() {
    let grants = |action: &str, rest: &str| {
        let key = document(PolicyKind::Key, &[("Allow", ACCOUNT), ("Deny", rest)]);
        let text = format!(r#"{{"grantee_principal": "{APP}", "operations": ["Decrypt", "Encrypt"]}}"#);
        let (node, _) = json::parse(&Sources::default().add("grant.json", text));
        let grant = crate::iam::grant::read(&node_to_value(&node), &Context::default()).unwrap();
        let rows = who_can(&key, &[grant], &Question { action, targets: &[], principal: None });
        rows.into_iter().filter(|row| row.through == super::Through::Grant).collect::<Vec<_>>()
    };
    let by_arn = format!(
        r#""Principal": "*", "Action": "kms:Decrypt", "Condition": {{"ArnEquals": {{"aws:PrincipalArn": "{APP}"}}}}"#
    );
    assert!(grants("kms:Decrypt", &by_arn).is_empty());
    assert_eq!(grants("kms:Encrypt", &by_arn).len(), 1);
    let by_network =
        r#""Principal": "*", "Action": "kms:*", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}"#;
    assert_eq!(grants("kms:Decrypt", by_network)[0].unless.len(), 1);

    let who = Who::requester(APP);
    let policies = [document(
        PolicyKind::Identity,
        &[("Allow", r#""Action": "kms:*""#), ("Deny", r#""NotAction": "kms:Decrypt""#)],
    )];
    let caller = Caller { who: &who, policies: &policies };
    let key = document(PolicyKind::Key, &[("Allow", ACCOUNT)]);
    let ways =
        |action: &str| through_own_policies(&key, &caller, &Question { action, targets: &[], principal: None }).len();
    assert_eq!((ways("kms:Decrypt"), ways("kms:Encrypt")), (1, 0));
}
