//! Fixes: what they change, what they leave as it is, and that the finding is gone.

use std::fs;
use std::path::Path;

use sealint::rules::examples::{Expected, examples};

use crate::generated::library;
use crate::support::{code, folder, json, sealint, stderr, stdout};

/// The text of `path` after `sealint fix` with `args`.
fn fixed(path: &str, text: &str, args: &[&str]) -> String {
    let folder = folder(&[(path, text)]);
    let output = sealint(folder.path(), &[&["fix"], args].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn every_rule_that_offers_a_fix_is_content_with_it() {
    let mut problems = Vec::new();
    for rule in library().rules() {
        let Some(metadata) = rule.metadata().filter(|metadata| metadata.fix.is_some()) else { continue };
        let mut offered = false;
        for example in examples(rule.examples()).iter().filter(|example| example.expected == Expected::Fails) {
            let path = match example.language.as_str() {
                "terraform" => "main.tf",
                "json" => "template.json",
                _ => "template.yaml",
            };
            let folder = folder(&[(path, &example.text)]);
            let select = ["--no-config", "--select", &metadata.id];
            let fix = sealint(folder.path(), &[&["fix", "--unsafe"], &select[..]].concat());
            if stderr(&fix).starts_with("0 findings fixed") {
                continue;
            }
            offered = true;
            let check = sealint(folder.path(), &[&["check"], &select[..]].concat());
            let left = stdout(&check).lines().filter(|line| line.starts_with(char::is_alphabetic)).count();
            if code(&check) != 0 {
                problems.push(format!("{} (examples.md:{}): {left}\n{}", metadata.id, example.line, stdout(&check)));
            }
        }
        if !offered {
            problems.push(format!("{}: no example is fixed", metadata.id));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_value_is_changed_where_it_was_written() {
    let main = "module \"key\" {\n  source = \"./key\"\n  rotate = false # by hand\n}\n";
    let module = "variable \"rotate\" {}\n\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.rotate\n}\n";
    let folder = folder(&[("main.tf", main), ("key/main.tf", module)]);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    // An argument may decide about more than this key: that wants a look.
    assert_eq!(code(&sealint(folder.path(), &["fix", "--select", "kms-key-rotation"])), 0);
    assert_eq!(read("main.tf"), main);
    assert_eq!(code(&sealint(folder.path(), &["fix", "--unsafe", "--select", "kms-key-rotation"])), 0);
    assert_eq!(read("main.tf"), main.replace("false", "true"));
    assert_eq!(read("key/main.tf"), module);
}

#[test]
fn every_other_byte_stays() {
    let select = ["--select", "kms-key-rotation"];
    for (path, before, after) in [
        (
            "main.tf",
            "resource \"aws_kms_key\" \"k\" {\r\n  description = \"é\" # x\r\n\r\n  tags = { a = 1 }\r\n}\r\n",
            "resource \"aws_kms_key\" \"k\" {\r\n  description = \"é\" # x\r\n\r\n  tags = { a = 1 }\r\n\r\n  enable_key_rotation = true\r\n}\r\n",
        ),
        (
            "main.tf",
            "resource \"aws_kms_key\" \"k\" {\n  deletion_window_in_days = 30\n}\n",
            "resource \"aws_kms_key\" \"k\" {\n  deletion_window_in_days = 30\n  enable_key_rotation     = true\n}\n",
        ),
        (
            "main.tf",
            "resource \"aws_kms_key\" \"k\" {}\n",
            "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = true\n}\n",
        ),
        (
            "main.tf.json",
            "{\"resource\": {\"aws_kms_key\": {\"k\": {\"description\": \"d\"}}}}",
            "{\"resource\": {\"aws_kms_key\": {\"k\": {\"enable_key_rotation\": true, \"description\": \"d\"}}}}",
        ),
        (
            "t.yaml",
            "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      # why\n      Description: d # x\n",
            "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      # why\n      Description: d # x\n",
        ),
        (
            "t.yaml",
            "Resources:\n  Key: {Type: \"AWS::KMS::Key\", Properties: {Description: d}}\n",
            "Resources:\n  Key: {Type: \"AWS::KMS::Key\", Properties: {EnableKeyRotation: true, Description: d}}\n",
        ),
        (
            "t.yaml",
            "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: 'false'\n",
            "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: 'true'\n",
        ),
        (
            "t.json",
            "{\n  \"Resources\": {\n    \"Key\": {\n      \"Type\": \"AWS::KMS::Key\",\n      \"Properties\": {\n        \"Description\": \"d\"\n      }\n    }\n  }\n}\n",
            "{\n  \"Resources\": {\n    \"Key\": {\n      \"Type\": \"AWS::KMS::Key\",\n      \"Properties\": {\n        \"EnableKeyRotation\": true,\n        \"Description\": \"d\"\n      }\n    }\n  }\n}\n",
        ),
    ] {
        assert_eq!(fixed(path, before, &select), after);
    }
}

#[test]
fn what_is_not_sure_is_not_touched() {
    let select = ["--select", "kms-key-rotation"];
    for (path, text) in [
        ("main.tf", "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = !true\n}\n"),
        ("main.tf", "variable \"x\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.x\n}\n"),
        (
            "main.tf",
            "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false # sealint: ignore[kms-key-rotation] so\n}\n",
        ),
        ("t.yaml", "Resources:\n  Key:\n    Type: AWS::KMS::Key\n"),
    ] {
        assert_eq!(fixed(path, text, &select), text);
    }
    let unsafe_fix =
        "resource \"aws_ebs_volume\" \"v\" {\n  availability_zone = \"eu-central-1a\"\n  encrypted = false\n}\n";
    let select = ["--select", "ebs-volume-encrypted"];
    assert_eq!(fixed("main.tf", unsafe_fix, &select), unsafe_fix);
    let with = [&select[..], &["--unsafe"]].concat();
    assert_eq!(fixed("main.tf", unsafe_fix, &with), unsafe_fix.replace("false", "true"));
}

#[test]
fn a_diff_changes_nothing_and_reports_carry_fixes() {
    let text = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
    let folder = folder(&[("a b/main.tf", text)]);
    let run = |args: &[&str]| sealint(folder.path(), &[args, &["--select", "kms-key-rotation"]].concat());
    let diff = run(&["fix", "--diff"]);
    let wanted = "--- a/a b/main.tf\n+++ b/a b/main.tf\n@@ -1,3 +1,3 @@\n resource \"aws_kms_key\" \"k\" {\n-  enable_key_rotation = false\n+  enable_key_rotation = true\n }\n";
    assert_eq!((stdout(&diff).as_str(), code(&diff)), (wanted, 1));
    assert_eq!(fs::read_to_string(folder.path().join(Path::new("a b/main.tf"))).unwrap(), text);
    let absolute = folder.path().join("a b").to_string_lossy().into_owned();
    let elsewhere = tempfile::tempdir().unwrap();
    let diff = stdout(&sealint(elsewhere.path(), &["fix", "--diff", "--select", "kms-key-rotation", &absolute]));
    assert!(diff.starts_with("--- a/") && !diff.contains("a//"), "{diff}");
    let report = json(&run(&["check", "--format", "json"]));
    let fix = &report["results"][0]["fix"];
    assert_eq!((&fix["title"], &fix["safe"]), (&"set enable_key_rotation = true".into(), &true.into()));
    assert_eq!(fix["edits"][0]["text"], "true");
    let sarif = json(&run(&["check", "--format", "sarif"]));
    let replacement = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "true");
}

#[test]
fn a_title_is_in_the_words_of_its_format() {
    let text = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n";
    let folder = folder(&[("t.yaml", text)]);
    let output = sealint(folder.path(), &["fix", "--select", "kms-key-rotation"]);
    assert_eq!(stdout(&output), "Key set EnableKeyRotation: true kms-key-rotation\n");
}
