//! The command line as other programs see it: streams, exit codes, several outputs, configuration.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::support::{code, command, folder, json, sealint, stderr, stdout};

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

#[test]
fn exit_codes() {
    let folder =
        folder(&[("main.tf", KEY), ("clean/main.tf", "locals {}\n"), ("broken/main.tf", "resource \"a\" {\n")]);
    let exit = |args: &[&str]| code(&sealint(folder.path(), args));
    assert_eq!(exit(&["check", "clean"]), 0);
    assert_eq!(exit(&["check", "main.tf"]), 1);
    assert_eq!(exit(&["check", "main.tf", "--exit-zero"]), 0);
    assert_eq!(exit(&["check", "main.tf", "--fail-on", "critical"]), 0);
    assert_eq!(exit(&["check", "broken", "--exit-zero"]), 2);
    assert_eq!(exit(&["check", "gone.tf"]), 2);
    assert_eq!(exit(&["check", "--select", "no-such-rule"]), 2);
    assert_eq!(exit(&["check", "--no-such-flag"]), 2);
    assert_eq!(exit(&["explain", "no-such-rule"]), 2);
    assert_eq!(exit(&["--version"]), 0);
}

#[test]
fn a_broken_file_hides_nothing() {
    let folder = folder(&[("a/main.tf", KEY), ("b/main.tf", "resource \"a\" {\n")]);
    let output = sealint(folder.path(), &["check", "--format", "json"]);
    let report = json(&output);
    assert_eq!(code(&output), 2);
    assert_eq!(report["files"], serde_json::json!({"read": 1, "skipped": 0, "failed": 1}));
    assert_eq!(report["results"][0]["rule"], "kms-key-rotation");
    assert_eq!(report["diagnostics"][0]["code"], "parse-error");
    assert!(stderr(&output).contains("parse-error"));
}

#[test]
fn a_file_that_is_no_text_counts_as_failed() {
    let folder = folder(&[]);
    fs::write(folder.path().join("main.tf"), b"a = \"\xff\"\n").unwrap();
    let counts = serde_json::json!({"read": 0, "skipped": 0, "failed": 1});
    let output = sealint(folder.path(), &["check", "--format", "json"]);
    assert_eq!((code(&output), &json(&output)["files"]), (2, &counts));
    let mut unsaved = command(folder.path(), &["check", "--format", "json", "--stdin-filename", "new.tf"]);
    unsaved.stdin(fs::File::open(folder.path().join("main.tf")).unwrap());
    let output = unsaved.output().unwrap();
    assert_eq!(code(&output), 2);
    assert_eq!(json(&output)["files"]["failed"], 1, "{}", stderr(&output));
}

#[test]
fn several_reports_of_one_run() {
    let folder = folder(&[("main.tf", KEY)]);
    let args = ["check", "--format", "concise", "--output", "sarif=out.sarif", "--output", "junit=out.xml"];
    let output = sealint(folder.path(), &args);
    assert!(stdout(&output).starts_with("main.tf:2:3: medium[kms-key-rotation]"), "{}", stdout(&output));
    assert!(fs::read_to_string(folder.path().join("out.sarif")).unwrap().contains("\"%SRCROOT%\""));
    assert!(fs::read_to_string(folder.path().join("out.xml")).unwrap().contains("<testsuites"));
    let output = sealint(folder.path(), &["check", "--format", "json", "--output", "out.json"]);
    assert_eq!((code(&output), stdout(&output)), (1, String::new()));
    assert!(fs::read_to_string(folder.path().join("out.json")).unwrap().contains("\"version\": 1"));
    let to_stdout = sealint(folder.path(), &["check", "--output", "sarif=-", "--output", "out.txt"]);
    assert_eq!(json(&to_stdout)["version"], "2.1.0");
    assert_eq!(code(&sealint(folder.path(), &["check", "--output", "sarfi=out.sarif"])), 2);
    let two = sealint(folder.path(), &["check", "--output", "a", "--output", "b"]);
    assert_eq!(code(&two), 2);
}

#[test]
fn the_configuration_of_the_folder_counts_and_flags_count_over_it() {
    let config = "fail-on = \"high\"\nexclude = [\"examples/\"]\n[rules.kms-key-rotation]\nseverity = \"high\"\n";
    let folder = folder(&[(".git/HEAD", ""), ("sealint.toml", config), ("a/main.tf", KEY), ("examples/main.tf", KEY)]);
    let output = sealint(folder.path(), &["check", "--format", "json"]);
    let report = json(&output);
    assert_eq!(code(&output), 1);
    assert_eq!(report["results"].as_array().unwrap().len(), 1);
    assert_eq!(report["results"][0]["severity"], "high");
    assert_eq!(code(&sealint(&folder.path().join("a"), &["check"])), 1);
    assert_eq!(code(&sealint(folder.path(), &["check", "--fail-on", "critical"])), 0);
    assert_eq!(
        json(&sealint(folder.path(), &["check", "--no-config", "--format", "json"]))["results"][1]["severity"],
        "medium"
    );
}

#[test]
fn mistakes_in_the_configuration_are_told_with_their_place() {
    let config = "profil = \"strict\"\nignore = [\"kms-key-rotaton\"]\n";
    let folder = folder(&[("sealint.toml", config), ("main.tf", KEY)]);
    let output = sealint(folder.path(), &["check"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 2);
    for part in ["sealint.toml:1:1", "did you mean `profile`?", "sealint.toml:2:11", "did you mean `kms-key-rotation`?"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(stdout(&output).contains("kms-key-rotation"), "the findings are reported all the same");
}

#[test]
fn suppressions_are_counted_and_can_be_switched_off() {
    let text = KEY.replace("false", "false # sealint: ignore[kms-key-rotation] keeps until spring");
    let folder = folder(&[("main.tf", &text)]);
    let output = sealint(folder.path(), &["check"]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).contains("no findings, 1 suppressed"), "{}", stdout(&output));
    assert_eq!(code(&sealint(folder.path(), &["check", "--no-inline-ignores"])), 1);
    let shown = json(&sealint(folder.path(), &["check", "--show-suppressed", "--format", "json"]));
    assert_eq!(shown["results"][0]["suppressed"]["reason"], "keeps until spring");
    let sarif = json(&sealint(folder.path(), &["check", "--show-suppressed", "--format", "sarif"]));
    assert_eq!(sarif["runs"][0]["results"][0]["suppressions"][0]["kind"], "inSource");
}

#[test]
fn inputs_decide() {
    let text = "variable \"on\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.on\n}\n";
    let config = "[terraform]\nvariables = { on = false }\n";
    let folder = folder(&[("main.tf", text), ("off.toml", config), ("on.tfvars", "on = true\n")]);
    let verdicts = |args: &[&str]| {
        let args = [&["check", "--select", "kms-key-rotation", "--show-open", "--format", "json"], args].concat();
        let report = json(&sealint(folder.path(), &args));
        report["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["verdict"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&[]), ["open"]);
    assert_eq!(verdicts(&["--var", "on=false"]), ["fail"]);
    assert_eq!(verdicts(&["--var", "on=true"]), [""; 0]);
    assert_eq!(verdicts(&["--var-file", "on.tfvars"]), [""; 0]);
    assert_eq!(verdicts(&["--config", "off.toml"]), ["fail"]);
    assert_eq!(verdicts(&["--config", "off.toml", "--var-file", "on.tfvars"]), ["fail"]);
    assert_eq!(verdicts(&["--config", "off.toml", "--var", "on=true"]), [""; 0]);
}

#[test]
fn a_reader_that_leaves_ends_the_run_quietly() {
    let folder = folder(&[]);
    let mut child = command(folder.path(), &["rules", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut byte = [0];
    child.stdout.take().unwrap().read_exact(&mut byte).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
}

#[test]
fn a_report_that_is_read_in_part_ends_the_run_quietly() {
    let keys: String = (0..2000).map(|n| KEY.replace("\"k\"", &format!("\"k{n}\""))).collect();
    let folder = folder(&[("main.tf", &keys)]);
    for format in ["text", "concise", "json", "sarif", "github"] {
        let args = ["check", "-q", "--select", "kms-key-rotation", "--format", format];
        let mut child = command(folder.path(), &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut byte = [0];
        child.stdout.take().unwrap().read_exact(&mut byte).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), stderr(&output)), (0, String::new()), "{format}");
    }
}

#[test]
fn quiet_leaves_the_report_alone_and_verbose_says_what_was_skipped() {
    let folder = folder(&[("main.tf", KEY), ("notes.txt", "")]);
    let quiet = sealint(folder.path(), &["check", "-q", "--format", "concise"]);
    assert_eq!((code(&quiet), stderr(&quiet)), (1, String::new()));
    let plain = sealint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(stderr(&plain), "1 finding (1 medium)\n1 file read, 1 skipped, 0 failed\n");
    let verbose = sealint(folder.path(), &["check", "-v", "--format", "concise"]);
    assert!(stderr(&verbose).contains("skipped notes.txt: "), "{}", stderr(&verbose));
    assert_eq!(stdout(&quiet), stdout(&verbose));
    assert_eq!(code(&sealint(folder.path(), &["check", "-q", "-v"])), 2);
}

#[test]
fn the_version_says_how_many_rules_there_are() {
    let version = stdout(&sealint(folder(&[]).path(), &["--version"]));
    let rules = stdout(&sealint(folder(&[]).path(), &["rules"])).lines().count();
    assert_eq!(version, format!("sealint {} ({rules} rules)\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = folder(&[("main.tf", KEY)]);
    let has_color = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(folder.path(), args);
        command.envs(variables.iter().copied());
        command.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!has_color(&["check"], &[]));
    assert!(has_color(&["check", "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(has_color(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_color(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn init_writes_once() {
    let folder = folder(&[]);
    assert_eq!(code(&sealint(folder.path(), &["init"])), 0);
    assert_eq!(code(&sealint(folder.path(), &["check"])), 0);
    assert_eq!(code(&sealint(folder.path(), &["init"])), 2);
}

#[test]
fn completions_and_manual_are_made() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(stdout(&sealint(folder.path(), &["completions", shell])).contains("explain"), "{shell}");
    }
    let manual = stdout(&sealint(folder.path(), &["man"]));
    assert!(manual.contains(".TH sealint") && manual.contains("fail\\-on"));
}
