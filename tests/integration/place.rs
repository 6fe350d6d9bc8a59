//! Where something is deployed to: what is known of the account and the region counts for policies.

use serde_json::{Value as Json, json};

use crate::support::{folder, json as parsed, sealint};

const FOREIGN: [&str; 5] = ["check", "--select", "kms-key-policy-foreign-account", "--format", "json"];

fn statements(account: &Json) -> Json {
    json!([
        { "Sid": "Admin", "Effect": "Allow", "Principal": { "AWS": account }, "Action": "kms:*", "Resource": "*" },
        {
            "Sid": "Reader", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::444455556666:role/reader" },
            "Action": "kms:Decrypt", "Resource": "*"
        }
    ])
}

fn messages(files: &[(&str, &str)], args: &[&str]) -> Vec<String> {
    let folder = folder(files);
    let report = parsed(&sealint(folder.path(), args));
    report["results"].as_array().unwrap().iter().map(|r| r["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn accounts_of_templates_may_be_given_or_not() {
    let admin = json!({ "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/admin" });
    let policy = json!({ "Version": "2012-10-17", "Statement": statements(&admin) });
    let key = json!({ "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": policy } });
    let template = json!({ "Resources": { "Key": key } }).to_string();
    let found = |more: &[&str]| messages(&[("key.template.json", &template)], &[&FOREIGN, more].concat()).len();
    assert_eq!(found(&[]), 1);
    assert_eq!(found(&["--parameter", "AWS::AccountId=111122223333"]), 1);
    // The account of the reader is the own one: then that of the admin is the same.
    assert_eq!(found(&["--parameter", "AWS::AccountId=444455556666"]), 0);
}

#[test]
fn plans_say_with_which_account_they_were_made() {
    let plan = |providers: Json| {
        let policy = json!({
            "Version": "2012-10-17", "Statement": statements(&json!("arn:aws:iam::111122223333:role/admin"))
        });
        let key = json!({
            "address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k",
            "values": { "policy": policy.to_string() }
        });
        let caller = json!({
            "address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "name": "me",
            "values": { "account_id": "111122223333" }
        });
        json!({
            "format_version": "1.2",
            "planned_values": { "root_module": { "resources": [key] } },
            "prior_state": { "values": { "root_module": { "resources": [caller] } } },
            "configuration": { "provider_config": providers, "root_module": {} }
        })
        .to_string()
    };
    let found = |providers: Json| messages(&[("plan.json", &plan(providers))], &FOREIGN).len();
    let aws = json!({ "name": "aws", "full_name": "registry.terraform.io/hashicorp/aws" });
    assert_eq!(found(json!({ "aws": aws.clone() })), 1);
    // The key may belong to the account of the other provider.
    assert_eq!(found(json!({ "aws": aws.clone(), "aws.other": aws })), 0);
}
