//! Input that is broken or meant to harm: each is a clear error with its place, and nothing else is lost.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

const TEMPLATE: &str = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n";

/// A folder with good files, which have findings, beside the place for a bad one.
fn good() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "good/main.tf", KEY);
    write(&folder, "good/stack.yml", TEMPLATE);
    folder
}

fn write(folder: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Checks the folder. What is good in it must have its findings.
fn check(folder: &Path) -> (i32, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealint"));
    let output = command.args(["check", "--format", "json"]).current_dir(folder).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for file in ["good/main.tf", "good/stack.yml"] {
        let is_rotation = |result: &Value| result["rule"] == "kms-key-rotation" && result["file"] == file;
        assert!(report["results"].as_array().unwrap().iter().any(is_rotation), "{file}: {report}");
    }
    (output.status.code().unwrap(), report)
}

/// Checks a folder with a bad file: there is this diagnostic at this line, and the exit code is 2.
#[track_caller]
fn fails(path: &str, content: impl AsRef<[u8]>, code: &str, line: Option<u64>) -> Value {
    let folder = good();
    write(&folder, path, content);
    failed(&folder, path, code, line)
}

#[track_caller]
fn failed(folder: &TempDir, path: &str, code: &str, line: Option<u64>) -> Value {
    let (exit, report) = check(folder.path());
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let found = diagnostics.iter().find(|d| d["file"] == path && d["code"] == code && d["severity"] == "error");
    let found = found.unwrap_or_else(|| panic!("no {code} in {path}: {diagnostics:?}"));
    assert_eq!(found["region"]["start_line"].as_u64(), line, "{found}");
    assert_eq!(exit, 2);
    report
}

#[test]
fn what_is_no_text_is_not_read() {
    fails("bad/main.tf", b"# a\n# caf\xe9\n", "unreadable", Some(2));
    fails("bad/stack.yml", b"Resources:\n  A: {Type: AWS::S3::Bucket, X: \xff}\n", "unreadable", Some(2));
    fails("bad/main.tf", "locals {\n  a = \"\0\"\n}\n", "unreadable", Some(2));
    let wide: Vec<u8> = format!("\u{feff}{KEY}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fails("bad/main.tf", wide, "unreadable", None);
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = good();
    fs::create_dir(folder.path().join("bad")).unwrap();
    fs::File::create(folder.path().join("bad/main.tf")).unwrap().set_len(1 << 30).unwrap();
    failed(&folder, "bad/main.tf", "limit", None);
}

#[test]
fn a_folder_is_no_file() {
    let folder = good();
    fs::create_dir(folder.path().join("bad.tf")).unwrap();
    failed(&folder, "bad.tf", "unreadable", None);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = good();
    write(&folder, "bad/main.tf", KEY);
    let path = folder.path().join("bad/main.tf");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator may read it all the same.
    if fs::read(&path).is_err() {
        failed(&folder, "bad/main.tf", "unreadable", None);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file() {
    let folder = good();
    let made = Command::new("mkfifo").arg(folder.path().join("bad.tf")).status();
    assert!(made.unwrap().success());
    failed(&folder, "bad.tf", "unreadable", None);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = good();
    std::os::unix::fs::symlink("b.tf", folder.path().join("a.tf")).unwrap();
    std::os::unix::fs::symlink("a.tf", folder.path().join("b.tf")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("good/up")).unwrap();
    failed(&folder, "a.tf", "unreadable", None);
}

#[test]
fn deep_nesting_ends_at_a_limit() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    fails("bad/main.tf", format!("locals {{\n  a = {}\n}}\n", deep("[", "]")), "limit", Some(2));
    fails("bad/stack.yml", format!("{TEMPLATE}Outputs:\n  A: {}\n", deep("[", "]")), "limit", Some(7));
    let json = format!("{{\"AWSTemplateFormatVersion\": \"2010-09-09\",\n \"Outputs\": {}}}", deep("{\"a\":", "}"));
    fails("bad/stack.json", json, "limit", Some(2));
}

#[test]
fn an_alias_bomb_ends_at_a_limit() {
    let mut bomb = format!("{TEMPLATE}Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "  a{level}: &a{level} [{items}]").unwrap();
    }
    let report = fails("bad/stack.yml", bomb, "limit", Some(11));
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1, "{}", report["diagnostics"]);
    let rotation = report["results"].as_array().unwrap().iter().filter(|result| result["file"] == "bad/stack.yml");
    assert_eq!(rotation.filter(|result| result["rule"] == "kms-key-rotation").count(), 1);
}

#[test]
fn a_broken_item_does_not_lose_its_file() {
    let of = |report: &Value, path: &str| {
        let results = report["results"].as_array().unwrap().iter();
        results.filter(|result| result["file"] == path && result["rule"] == "kms-key-rotation").count()
    };
    let report = fails("bad/stack.yml", format!("{TEMPLATE}  Other:\n    Type: a: b\n"), "parse-error", Some(7));
    assert_eq!(of(&report, "bad/stack.yml"), 1);
    let json = r#"{"Resources": {"Key": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": false}}
 "Other": {}, "#;
    let report = fails("bad/stack.json", json, "parse-error", Some(1));
    assert_eq!(of(&report, "bad/stack.json"), 1);
    let report = fails("bad/main.tf", format!("{KEY}resource \"a\" \"b\" {{\n"), "parse-error", Some(4));
    assert_eq!(of(&report, "bad/main.tf"), 1);
}

#[test]
fn locals_in_a_circle_lose_only_themselves() {
    let circle = "locals {\n  a = local.b\n  b = \"${local.a}x\"\n}\n";
    let report = fails("bad/main.tf", format!("{KEY}{circle}"), "evaluation", Some(6));
    let results = report["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["file"] == "bad/main.tf"), "{report}");
}

#[test]
fn a_broken_rule_loses_only_itself() {
    let folder = good();
    let rule = "# METADATA\n# title: X\n# description: X.\n# custom:\n#   id: x\n#   severity: low\n\
                #   view: aws.kms.key\n#   remediation: X.\npackage x\n\ndeny contains {} if {\n\tnot in in\n}\n";
    write(&folder, "rules/x/rule.rego", rule);
    write(&folder, "sealint.toml", "extra-rules = [\"rules\"]\n");
    failed(&folder, "rules/x/rule.rego", "rule", Some(12));
}

#[test]
fn a_remedy_has_words_for_both_languages() {
    let folder = good();
    let rule = "# METADATA\n# title: X\n# description: X.\n# custom:\n#   id: x\n#   severity: low\n\
                #   view: aws.kms.key\n#   remediation:\n#     terraform: X.\n#     plan: X.\npackage x\n";
    write(&folder, "rules/x/rule.rego", rule);
    write(&folder, "sealint.toml", "extra-rules = [\"rules\"]\n");
    let report = failed(&folder, "rules/x/rule.rego", "rule", Some(10));
    let said = report["diagnostics"].to_string();
    assert!(said.contains("metadata lacks `cloudformation`"), "{said}");
    assert!(said.contains("unknown metadata key `plan`"), "{said}");
}

#[test]
fn a_broken_module_loses_only_the_rules_that_import_it() {
    let folder = good();
    let rule = |id: &str, body: &str| {
        format!(
            "# METADATA\n# title: X\n# description: X.\n# custom:\n#   id: {id}\n#   severity: low\n\
             #   view: aws.kms.key\n#   remediation: X.\npackage team.{id}\n\n{body}"
        )
    };
    let named = "deny contains {\"path\": \"rotation\", \"message\": data.team.lib.words.said(\"x\")}\n";
    write(&folder, "rules/own/rule.rego", rule("own", named));
    write(&folder, "sealint.toml", "extra-rules = [\"rules\"]\n");
    write(&folder, "rules/lib/words.rego", "package team.lib.words\n\nsaid(word) := concat(\"\", [word, \"!\"])\n");
    let (_, report) = check(folder.path());
    let results = report["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["rule"] == "own" && result["message"] == "x!"), "{report}");

    // Modules that call each other would take the engine's stack.
    let calls = "package team.lib.words\n\nsaid(word) := data.team.own.x(word)\n";
    write(&folder, "rules/lib/words.rego", calls);
    failed(&folder, "rules/lib/words.rego", "rule", Some(3));
    write(&folder, "rules/lib/words.rego", "package team.lib.words\n\nsaid(word) := in\n");
    failed(&folder, "rules/lib/words.rego", "rule", Some(3));
}

#[test]
fn what_is_odd_but_right_is_read() {
    let folder = good();
    write(&folder, "odd/empty.tf", "");
    write(&folder, "odd/empty.yml", "");
    write(&folder, "odd/mark.tf", format!("\u{feff}{KEY}"));
    write(&folder, "odd/mark.yml", format!("\u{feff}{TEMPLATE}"));
    let (exit, report) = check(folder.path());
    assert_eq!(exit, 1, "{report}");
    assert_eq!(report["diagnostics"], serde_json::json!([]));
}

#[test]
fn aliases_that_aim_at_aliases_end() {
    let folder = good();
    let alias = |id: &str, name: &str, target: &str| {
        format!(
            "resource \"aws_kms_alias\" \"{id}\" {{\n  name          = \"{name}\"\n  target_key_id = {target}\n}}\n"
        )
    };
    let queue = "resource \"aws_sqs_queue\" \"q\" {\n  kms_master_key_id = \"alias/a\"\n}\n";
    let itself = alias("a", "alias/a", "\"alias/a\"");
    let circle = alias("b", "alias/b", "aws_kms_alias.c.arn") + &alias("c", "alias/c", "\"alias/b\"");
    write(&folder, "aliases/main.tf", format!("{itself}{circle}{queue}"));
    let (exit, report) = check(folder.path());
    assert_eq!((exit, report["diagnostics"].as_array().unwrap().len()), (1, 0), "{report}");
}

#[test]
fn a_policy_that_is_too_long_is_not_passed_over() {
    let folder = good();
    let deny = r#"{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#;
    let open = r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}"#;
    let statements = [vec![deny; 2001], vec![open]].concat().join(",\n");
    write(&folder, "bad/bucket.json", format!("{{\"Version\": \"2012-10-17\", \"Statement\": [\n{statements}\n]}}\n"));
    failed(&folder, "bad/bucket.json", "limit", Some(1));
}
