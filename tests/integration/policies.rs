//! Policies with what is wrong with them, and who can do what: `testdata/policies/KIND.json`.
//!
//! Each case lists the findings that it must have (`finds`, perhaps with their severity: `IP01=low`), some that it must not have (`spares`), and questions with
//! their answers (`asks`). The account and the ARN of the key are known, unless a case says `null` for them.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use sealint::iam::condition::{Presence, RequestContext};
use sealint::iam::context::Context;
use sealint::iam::decide::{Decision, IdentityPolicies, Request, can};
use sealint::iam::document::{PolicyDocument, read};
use sealint::iam::facts::facts;
use sealint::iam::kind::{PolicyKind, infer};
use sealint::iam::principal::Who;
use sealint::iam::{findings, grant};
use sealint::parse::json;
use sealint::source::Sources;
use sealint::value::{Value, node_to_value};

const ACCOUNT: &str = "123456789012";
const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/00000000-1111-2222-3333-444444444444";

fn cases(kind: PolicyKind) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("testdata/policies/{}.json", kind.as_str()));
    let text = std::fs::read_to_string(&path).unwrap();
    let sources = Sources::default();
    let (node, problems) = json::parse(&sources.add(&path, text));
    assert!(problems.is_empty(), "{problems:?}");
    node_to_value(&node).as_list().unwrap().to_vec()
}

fn words(case: &Value, key: &str) -> Vec<String> {
    let listed = case.get(key).and_then(Value::as_list).unwrap_or_default();
    listed.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn context(case: &Value, kind: PolicyKind) -> Context<'_> {
    let is_known = |fact: &str| !case.get(fact).is_some_and(Value::is_null);
    let arn = match kind {
        PolicyKind::Key => Some(KEY),
        PolicyKind::Topic => Some("arn:aws:sns:eu-west-1:123456789012:alerts"),
        PolicyKind::Queue => Some("arn:aws:sqs:eu-west-1:123456789012:jobs"),
        _ => None,
    };
    Context {
        account: is_known("account").then_some(ACCOUNT),
        arn: arn.filter(|_| is_known("arn")),
        name: (kind == PolicyKind::Bucket).then_some("ledger"),
        default_encryption: case.get("default").and_then(Value::as_str),
        attached_to: case.get("attached").and_then(Value::as_str),
        ..Context::default()
    }
}

fn policy(case: &Value) -> Value {
    let version = match case.get("version") {
        Some(version) if version.is_null() => None,
        _ => Some(("Version", Value::string("2012-10-17"))),
    };
    let statements = ("Statement", case.get("statements").unwrap().clone());
    Value::from_pairs(version.into_iter().chain([statements]))
}

fn found(case: &Value, kind: PolicyKind) -> Vec<(&'static str, &'static str)> {
    let ctx = context(case, kind);
    let found = match case.get("grant") {
        Some(given) => findings::of_grant(&grant::read(given, &ctx).unwrap()),
        None => findings::of(&read(&policy(case), kind, &ctx), &ctx),
    };
    found.iter().map(|finding| (finding.id, finding.severity.as_str())).collect()
}

fn check(kind: PolicyKind) {
    let mut wrong = Vec::new();
    for case in cases(kind) {
        let name = case.get("name").and_then(Value::as_str).unwrap();
        let found = found(&case, kind);
        let is_found = |wanted: &str| match wanted.split_once('=') {
            Some(wanted) => found.contains(&wanted),
            None => found.iter().any(|(id, _)| *id == wanted),
        };
        for id in words(&case, "finds").iter().filter(|id| !is_found(id)) {
            wrong.push(format!("{name}: {id} is missing in {found:?}"));
        }
        for id in words(&case, "spares").iter().filter(|id| is_found(id)) {
            wrong.push(format!("{name}: {id} must not be found"));
        }
        for question in case.get("asks").and_then(Value::as_list).unwrap_or_default() {
            let document = read(&policy(&case), kind, &context(&case, kind));
            wrong.extend(ask(&document, question).map(|answer| format!("{name}: {answer}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the answer to a question.
fn ask(document: &PolicyDocument, question: &Value) -> Option<String> {
    let text = |key: &str| question.get(key).and_then(Value::as_str);
    let mut context = RequestContext::closed();
    for (key, entry) in question.get("context").and_then(Value::as_map).into_iter().flatten() {
        let values = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
        let values = values.iter().map(|value| value.as_str().unwrap().to_owned()).collect();
        context = context.with(key, Presence::Values(values));
    }
    for key in words(question, "unknown") {
        context = context.with(&key, Presence::Unknown);
    }
    let request = Request {
        principal: Who::requester(text("who").unwrap()),
        action: text("action").unwrap().to_owned(),
        resource: match text("action").unwrap() {
            "s3:GetObject" => Some("arn:aws:s3:::ledger/a".to_owned()),
            _ => None,
        },
        context,
        identity: match text("identity") {
            None => IdentityPolicies::Silent,
            Some("allow") => IdentityPolicies::Allow,
            Some(_) => IdentityPolicies::Unknown,
        },
    };
    let answer = can(document, &[], &request);
    let got = match answer.decision {
        Decision::Allow => "allow",
        Decision::Deny => "deny",
        Decision::Conditional => "conditional",
    };
    (text("answer") != Some(got))
        .then(|| format!("{:?} {:?} is {got}, because {:?}", text("who"), text("action"), answer.because))
}

#[test]
fn key_policies() {
    check(PolicyKind::Key);
}

#[test]
fn bucket_policies() {
    check(PolicyKind::Bucket);
}

#[test]
fn identity_policies() {
    check(PolicyKind::Identity);
}

#[test]
fn grants() {
    check(PolicyKind::Grant);
}

#[test]
fn policies_of_other_resources() {
    for kind in [PolicyKind::Topic, PolicyKind::Queue, PolicyKind::Secret] {
        check(kind);
    }
}

#[test]
fn kinds_are_told_by_actions_and_principals() {
    for kind in [PolicyKind::Key, PolicyKind::Bucket, PolicyKind::Identity, PolicyKind::Queue, PolicyKind::Topic] {
        let all = cases(kind);
        let told = all.iter().filter(|case| infer(&policy(case), "") == Some(kind)).count();
        // A case without any action of the service, or without principal, is told otherwise.
        assert!(told + 2 >= all.len(), "{}: {told} of {}", kind.as_str(), all.len());
    }
}

#[test]
fn findings_stand_where_the_part_is_written() {
    let text = r#"{"Version": "2012-10-17", "Statement": [
  {"Sid": "Root", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Sid": "Web", "Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::123456789012:role/web", "*"]},
   "Action": "kms:Decrypt", "Resource": "*"}]}"#;
    let sources = Sources::default();
    let source = sources.add("key.json", text);
    let (node, _) = json::parse(&source);
    let facts = facts(&node_to_value(&node), PolicyKind::Key, &Context::default());
    let found = facts.get("findings").and_then(Value::as_list).unwrap();
    let public = found.iter().find(|finding| finding.get("id").and_then(Value::as_str) == Some("KP01")).unwrap();
    assert_eq!(source.slice(public.origin.span.unwrap()), "\"*\"");
    assert_eq!(public.get("path").and_then(Value::as_str), Some("statements[1].principals[1]"));
}

/// Every finding that there can be is reported by one rule of its room.
#[test]
fn every_finding_has_its_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/aws");
    for entry in findings::CATALOGUE {
        let room = match &entry.id[..2] {
            "KP" | "GR" => "kms",
            "BP" => "s3",
            _ => "iam",
        };
        let folders = std::fs::read_dir(root.join(room)).unwrap().map(|folder| folder.unwrap().path());
        let quoted = format!("\"{}\"", entry.id);
        let reporting: Vec<_> = folders
            .filter(|folder| {
                let rule = std::fs::read_to_string(folder.join("rule.rego")).unwrap_or_default();
                // A rule may look at what another one reports, to say nothing twice.
                rule.lines().any(|line| line.contains(&quoted) && !line.contains("other.id"))
            })
            .collect();
        assert_eq!(reporting.len(), 1, "{}: {reporting:?}", entry.id);
    }
}
