//! Baselines: what is known is not reported, wherever its lines move.

use std::fs;

use crate::support::{code, folder, json, sealint, stderr, stdout};

#[test]
fn only_new_findings_are_reported() {
    let key = |name: &str| format!("resource \"aws_kms_key\" \"{name}\" {{\n  enable_key_rotation = false\n}}\n");
    let folder = folder(&[("main.tf", &(key("a") + &key("b")))]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check"], args].concat());
    let written = check(&["--write-baseline", "known.json"]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    assert!(stdout(&written).contains("no findings, 2 suppressed"), "{}", stdout(&written));

    // Lines move, and one more key comes.
    fs::write(folder.path().join("main.tf"), format!("# moved\n\n{}{}{}", key("b"), key("c"), key("a"))).unwrap();
    let report = json(&check(&["--baseline", "known.json", "--format", "json"]));
    let results = report["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|r| &r["resource"]).collect::<Vec<_>>(), ["aws_kms_key.c"]);

    let shown = json(&check(&["--baseline", "known.json", "--format", "sarif", "--show-suppressed"]));
    let kinds = shown["runs"][0]["results"].as_array().unwrap().iter();
    assert_eq!(kinds.filter(|result| result["suppressions"][0]["kind"] == "external").count(), 2);
}

#[test]
fn stale_entries_and_broken_files_are_told() {
    let folder = folder(&[
        ("main.tf", "resource \"aws_kms_key\" \"a\" {\n  enable_key_rotation = false\n}\n"),
        ("other.json", "{\"version\": 2, \"findings\": []}"),
        ("broken.json", "[1"),
    ]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check"], args].concat());
    assert_eq!(code(&check(&["--write-baseline", "known.json"])), 0);
    fs::write(folder.path().join("main.tf"), "locals {}\n").unwrap();
    let stale = check(&["--baseline", "known.json", "-v"]);
    assert_eq!(code(&stale), 0);
    assert!(stderr(&stale).contains("1 of the baseline's findings are there no more"), "{}", stderr(&stale));
    for (file, said) in [("other.json", "version 2"), ("broken.json", "is no baseline"), ("gone.json", "cannot read")] {
        let output = check(&["--baseline", file]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}
