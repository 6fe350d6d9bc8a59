//! Parameters of rules: defaults, what the configuration says, and its mistakes.

use crate::support::{code, folder, json, sealint, stderr, stdout};

const LOGS: &str = "resource \"aws_cloudwatch_log_group\" \"l\" {\n  retention_in_days = 30\n}\n";
const CHECK: [&str; 5] = ["check", "--select", "log-group-retention", "--format", "json"];

#[test]
fn the_configuration_counts_over_the_default() {
    let folder = folder(&[
        ("main.tf", LOGS),
        ("short.toml", "[rules.log-group-retention]\nminimum_days = 30\n"),
        ("long.toml", "[rules.log-group-retention]\nminimum_days = 731\nseverity = \"high\"\n"),
    ]);
    let messages = |more: &[&str]| -> Vec<String> {
        let report = json(&sealint(folder.path(), &[&CHECK, more].concat()));
        report["results"].as_array().unwrap().iter().map(|r| r["message"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(messages(&[]), ["logs are kept for 30 days: keep them for at least 365"]);
    assert_eq!(messages(&["--config", "long.toml"]), ["logs are kept for 30 days: keep them for at least 731"]);
    assert_eq!(messages(&["--config", "short.toml"]), [""; 0]);
}

#[test]
fn mistakes_are_told_with_their_place_and_the_default_holds() {
    let config = "[rules.log-group-retention]\nminimum_day = 7\n[rules.rds-backup-retention]\nminimum_days = \"7\"\n";
    let folder = folder(&[("main.tf", LOGS), ("sealint.toml", config)]);
    let output = sealint(folder.path(), &CHECK);
    let said = stderr(&output);
    assert_eq!((code(&output), json(&output)["results"].as_array().unwrap().len()), (2, 1));
    for part in [
        "sealint.toml:2:1",
        "rule `log-group-retention` has no parameter `minimum_day`",
        "did you mean `minimum_days`?",
        "sealint.toml:4:16",
        "`minimum_days` must be a whole number",
        "its default is `7`",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn accounts_can_be_trusted_with_keys() {
    let key = |principal: &str| {
        format!(
            "resource \"aws_kms_key\" \"k\" {{\n  policy = jsonencode({{\n    Statement = [\n\
             {{ Effect = \"Allow\", Principal = {{ AWS = \"arn:aws:iam::111122223333:root\" }}, Action = \"kms:*\", Resource = \"*\" }},\n\
             {{ Effect = \"Allow\", Principal = {{ AWS = {principal} }}, Action = \"kms:Decrypt\", Resource = \"*\" }},\n\
             ]\n  }})\n}}\n"
        )
    };
    let fails = |principal: &str, trusted: &str| {
        let config = format!("[rules.kms-key-policy-foreign-account]\ntrusted_accounts = [{trusted}]\n");
        let folder = folder(&[("main.tf", &key(principal)), ("sealint.toml", &config)]);
        code(&sealint(folder.path(), &["check", "--select", "kms-key-policy-foreign-account"])) == 1
    };
    assert!(fails("\"arn:aws:iam::444455556666:root\"", ""));
    assert!(!fails("\"arn:aws:iam::444455556666:role/reader\"", "\"444455556666\""));
    assert!(!fails("\"444455556666\"", "\"444455556666\", \"777788889999\""));
    assert!(fails("[\"444455556666\", \"777788889999\"]", "\"444455556666\""));
}

#[test]
fn inspect_and_explain_show_what_a_rule_gets() {
    let config = "[rules.log-group-retention]\nminimum_days = 90\n";
    let folder = folder(&[("main.tf", LOGS), ("sealint.toml", config)]);
    let views = json(&sealint(folder.path(), &["inspect", "--select", "log-group-retention"]));
    let group = views.as_array().unwrap().iter().find(|view| view["view"] == "aws.logs.log_group").unwrap();
    assert_eq!(group["input"]["parameters"], serde_json::json!({ "minimum_days": 90 }));
    let page = stdout(&sealint(folder.path(), &["explain", "log-group-retention"]));
    assert!(page.contains("minimum_days") && page.contains("365"), "{page}");
}
