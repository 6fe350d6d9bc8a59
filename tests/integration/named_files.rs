//! Files as a hook or an editor names them: judged with what stands around them, reported by themselves.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{code, folder, json, sealint, stderr, stdout};

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
const ROTATED: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.rotate\n}\n";

/// `FILE: RULE` of each result.
fn results(folder: &Path, args: &[&str]) -> Vec<String> {
    let report = json(&sealint(folder, &[&["check", "--format", "json"], args].concat()));
    let result = |result: &serde_json::Value| {
        format!("{}: {}", result["file"].as_str().unwrap(), result["rule"].as_str().unwrap())
    };
    report["results"].as_array().unwrap().iter().map(result).collect()
}

pub(crate) fn with_stdin(folder: &Path, args: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealint"));
    command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn neighbours_decide_but_are_not_reported() {
    let folder = folder(&[
        ("key.tf", ROTATED),
        ("variables.tf", "variable \"rotate\" {}\n"),
        ("terraform.tfvars", "rotate = false\n"),
        ("topic.tf", "resource \"aws_kms_key\" \"other\" {}\n"),
    ]);
    let rotation = |file: &str| results(folder.path(), &["--select", "kms-key-rotation", file]);
    assert_eq!(rotation("key.tf"), ["key.tf: kms-key-rotation"]);
    assert_eq!(rotation("topic.tf"), ["topic.tf: kms-key-rotation"]);
    // The value was written here.
    assert_eq!(rotation("terraform.tfvars"), ["key.tf: kms-key-rotation"]);
    assert_eq!(rotation("variables.tf"), [""; 0]);
}

#[test]
fn a_named_caller_answers_for_its_module() {
    let call = "module \"a\" {\n  source = \"../modules/key\"\n  rotate = false\n}\n";
    let module = format!("variable \"rotate\" {{}}\n{ROTATED}");
    let folder = folder(&[(".git/HEAD", ""), ("prod/main.tf", call), ("modules/key/main.tf", &module)]);
    let select = ["--select", "kms-key-rotation"];
    let rotation = |file: &str| results(folder.path(), &[&select[..], &[file]].concat());
    assert_eq!(rotation("prod/main.tf"), ["modules/key/main.tf: kms-key-rotation"]);
}

#[test]
fn a_named_module_is_judged_by_what_its_callers_pass() {
    let call = |from: &str| format!("module \"a\" {{\n  source = \"{from}\"\n  rotate = false\n}}\n");
    let inner = "variable \"rotate\" {}\nmodule \"k\" {\n  source = \"../key\"\n  rotate = var.rotate\n}\n";
    let module = format!("variable \"rotate\" {{}}\n{ROTATED}");
    let folder = folder(&[
        (".git/HEAD", ""),
        ("prod/main.tf", &call("../modules/outer")),
        ("modules/outer/main.tf", inner),
        ("modules/key/main.tf", &module),
        ("unrelated/main.tf", KEY),
    ]);
    let rotation = |folder: &Path, args: &[&str]| results(folder, &[&["--select", "kms-key-rotation"], args].concat());
    assert_eq!(rotation(folder.path(), &["modules/key/main.tf"]), ["modules/key/main.tf: kms-key-rotation"]);
    // A caller that the configuration leaves out does not count.
    fs::write(folder.path().join("sealint.toml"), "exclude = [\"prod/\"]\n").unwrap();
    assert_eq!(rotation(folder.path(), &["modules/key/main.tf"]), [""; 0]);
}

#[test]
fn the_summary_says_what_was_context() {
    let folder = folder(&[("a.tf", "locals {}\n"), ("b.tf", KEY), ("notes.yaml", "a: 1\n")]);
    let output = sealint(folder.path(), &["check", "--format", "json", "a.tf", "notes.yaml"]);
    assert_eq!(code(&output), 0);
    assert_eq!(json(&output)["files"], serde_json::json!({"read": 1, "skipped": 1, "failed": 0, "context": 1}));
    let output = sealint(folder.path(), &["check", "a.tf"]);
    assert!(stdout(&output).contains("1 file read, 0 skipped, 0 failed, 1 more as context"), "{}", stdout(&output));
    assert_eq!(results(folder.path(), &["a.tf", "."]).len(), results(folder.path(), &["."]).len());
}

#[test]
fn an_error_beside_a_named_file_is_told_but_does_not_fail_the_run() {
    let folder = folder(&[("a.tf", "locals {}\n"), ("b.tf", "resource \"a\" {\n")]);
    let output = sealint(folder.path(), &["check", "a.tf"]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("warning[parse-error]") && stderr(&output).contains("b.tf:1"));
    assert_eq!(code(&sealint(folder.path(), &["check", "b.tf"])), 2);
    // What is wrong between the two is wrong in both.
    fs::write(folder.path().join("a.tf"), KEY).unwrap();
    fs::write(folder.path().join("b.tf"), KEY).unwrap();
    assert_eq!(code(&sealint(folder.path(), &["check", "--exit-zero", "a.tf"])), 2);
    assert_eq!(code(&sealint(folder.path(), &["check", "."])), 2);
}

#[test]
fn suppressions_beside_a_named_file_count_and_are_not_called_unused() {
    let value = "rotate = false # sealint: ignore[kms-key-rotation] until the new key is there\n";
    let unused = "locals {} # sealint: ignore[kms-key-rotation] of no use\n";
    let config = "[[suppress]]\nrules = [\"kms-key-rotation\"]\npaths = [\"elsewhere/\"]\nreason = \"old\"\n";
    let folder = folder(&[
        ("key.tf", &format!("variable \"rotate\" {{}}\n{ROTATED}")),
        ("terraform.tfvars", value),
        ("unused.tf", unused),
        (".git/HEAD", ""),
        ("sealint.toml", config),
    ]);
    let output = sealint(folder.path(), &["check", "--select", "kms-key-rotation", "key.tf"]);
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    assert!(stdout(&output).contains("1 suppressed"));
    let output = sealint(folder.path(), &["check", "--select", "kms-key-rotation", "unused.tf"]);
    assert!(stderr(&output).contains("unused.tf:1"), "{}", stderr(&output));
}

#[test]
fn what_is_excluded_can_be_left_out_even_if_it_is_named() {
    let folder = folder(&[
        (".git/HEAD", ""),
        ("sealint.toml", "exclude = [\"examples/\"]\n"),
        ("examples/key.tf", KEY),
        ("main.tf", "locals {}\n"),
    ]);
    let check = |args: &[&str]| code(&sealint(folder.path(), &[&["check"], args].concat()));
    assert_eq!(check(&["examples/key.tf"]), 1);
    assert_eq!(check(&["--force-exclude", "examples/key.tf", "main.tf"]), 0);
    let verbose = sealint(folder.path(), &["check", "-v", "--force-exclude", "examples/key.tf"]);
    assert!(stderr(&verbose).contains("skipped examples/key.tf: excluded by the configuration"));
}

#[test]
fn the_configuration_does_not_depend_on_which_files_are_named() {
    let folder = folder(&[
        (".git/HEAD", ""),
        ("sealint.toml", "[rules.kms-key-rotation]\nseverity = \"high\"\n"),
        ("a/sealint.toml", "ignore = [\"kms-key-rotation\"]\n"),
        ("a/key.tf", KEY),
        ("b/key.tf", KEY),
    ]);
    let check = |here: &Path, args: &[&str]| sealint(here, &[&["check", "--format", "concise"], args].concat());
    let rotation = |args: &[&str]| stdout(&check(folder.path(), args)).matches("high[kms-key-rotation]").count();
    assert_eq!(rotation(&["a/key.tf", "b/key.tf"]), 2);
    assert_eq!(rotation(&["a/key.tf"]), 1);
    assert_eq!(rotation(&["a"]), 1);
    assert_eq!(rotation(&[]), 2);
    // The other one is not passed over in silence.
    for args in [&["a/key.tf"][..], &["a"], &[]] {
        assert!(stderr(&check(folder.path(), args)).contains("a/sealint.toml: does not count"), "{args:?}");
    }
    assert!(!stderr(&check(folder.path(), &["b/key.tf"])).contains("does not count"));
    assert!(!stderr(&check(folder.path(), &["a", "--config", "a/sealint.toml"])).contains("does not count"));
    // From its own folder it is the nearest, and from elsewhere that of the paths' repository counts.
    assert_eq!(stdout(&check(&folder.path().join("a"), &["key.tf"])), "");
    let elsewhere = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/key.tf");
    assert!(stdout(&check(elsewhere.path(), &[path.to_str().unwrap()])).contains("high[kms-key-rotation]"));
}

#[test]
fn an_editor_sends_the_text_of_a_file() {
    let folder = folder(&[("key.tf", KEY), ("variables.tf", "variable \"rotate\" { default = false }\n")]);
    let args = ["check", "--format", "json", "--select", "kms-key-rotation", "--stdin-filename", "key.tf"];
    let unsaved = with_stdin(folder.path(), &args, &format!("\n{ROTATED}"));
    assert_eq!(json(&unsaved)["results"][0]["file"], "key.tf");
    assert_eq!(json(&unsaved)["results"][0]["region"]["start_line"], 3);
    assert_eq!(json(&unsaved)["results"].as_array().unwrap().len(), 1);
    let template = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: {EnableKeyRotation: false}\n";
    let args = ["check", "--select", "kms-key-rotation", "--stdin-filename", "new/template.yaml", "-"];
    assert_eq!(code(&with_stdin(folder.path(), &args, template)), 1);
    assert!(!fs::exists(folder.path().join("new")).unwrap());
}
