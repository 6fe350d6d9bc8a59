//! What `sealint.toml` and flags decide, and what is said where they leave nothing to do.

use crate::support::{code, folder, json, sealint, stderr, stdout};

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
const QUEUE: &str = "resource \"aws_sqs_queue\" \"q\" {\n  sqs_managed_sse_enabled = false\n}\n";

#[test]
fn files_that_are_not_there_are_told_with_their_place() {
    let config = "extra-rules = [\"none\", \"empty\"]\nbaseline = \"none.json\"\n[terraform]\nvariable-files = [\"none.tfvars\"]\n\
                  [cloudformation]\nparameter-files = [\"none.yaml\"]\n";
    let folder = folder(&[("sealint.toml", config), ("main.tf", KEY), ("empty/notes.txt", "")]);
    let output = sealint(folder.path(), &["check"]);
    let said = stderr(&output);
    for place in ["toml:1:16", "toml:1:24", "toml:2:12", "toml:4:19", "toml:6:20"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(code(&output) == 2 && stdout(&output).contains("kms-key-rotation"), "the rest is checked");
}

#[test]
fn flags_count_over_the_lists_of_the_file() {
    let config = "select = [\"kms-key-rotation\"]\nignore = [\"sqs-sse\"]\n";
    let folder = folder(&[("sealint.toml", config), ("main.tf", &format!("{KEY}{QUEUE}"))]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check", "--format", "concise"], args].concat());
    assert_eq!(stdout(&check(&[])).lines().count(), 1);
    assert!(stdout(&check(&["--profile", "strict"])).contains("kms-key-policy-explicit"));
    assert!(stdout(&check(&["--select", "sqs-sse"])).contains("sqs-sse"));
    assert!(!stdout(&check(&["--select", "ALL"])).contains("sqs-sse"));
    for args in [&["--ignore", "ALL"][..], &["--select", "sqs-sse", "--ignore", "sqs-sse"]] {
        let nothing = check(args);
        assert_eq!(code(&nothing), 0);
        assert!(stderr(&nothing).contains("no rule is left to run"), "{}", stderr(&nothing));
    }
    assert_eq!(code(&check(&["--select", "kms-key-rotation, sqs-sse", "--fail-on", "info"])), 1);
    for (wrong, hint) in [
        ("CKV_AWS_7", "its name here is `kms-key-rotation`"),
        ("all", "did you mean `ALL`?"),
        ("sqs-ss*", "one by one: `sqs-sse`"),
    ] {
        let said = stderr(&check(&["--select", wrong]));
        assert!(said.contains(hint), "{wrong}: {said}");
    }
    let comment = KEY.replace("false\n", "false # sealint: ignore[CKV_AWS_7] it is old\n");
    std::fs::write(folder.path().join("main.tf"), comment).unwrap();
    assert!(stderr(&check(&[])).contains("its name here is `kms-key-rotation`"));
}

#[test]
fn rules_are_listed_as_they_are_here() {
    let config = "ignore = [\"sqs-sse\"]\n[rules.kms-key-rotation]\nseverity = \"high\"\n";
    let folder = folder(&[("sealint.toml", config)]);
    let listed = stdout(&sealint(folder.path(), &["rules"]));
    let line = |rule: &str| listed.lines().find(|line| line.starts_with(&format!("{rule} "))).unwrap_or_default();
    assert!(line("kms-key-rotation").contains(" high "), "{listed}");
    assert!(line("sqs-sse").ends_with("(off here)") && !line("sns-topic-encrypted").contains("off here"));
    let rules = json(&sealint(folder.path(), &["rules", "--format", "json"]));
    let queue = rules.as_array().unwrap().iter().find(|rule| rule["id"] == "sqs-sse").unwrap();
    assert_eq!(queue["here"], serde_json::json!({"enabled": false, "severity": "high"}));
    assert!(stdout(&sealint(folder.path(), &["explain", "kms-key-rotation"])).contains("high here, medium elsewhere"));
    assert!(stdout(&sealint(folder.path(), &["explain", "sqs-sse"])).contains("off here"));
}

#[test]
fn the_baseline_of_the_file_counts_and_is_no_skipped_file() {
    let folder = folder(&[(".git/HEAD", ""), (".gitignore", ""), ("main.tf", KEY)]);
    let written = sealint(folder.path(), &["check", "--write-baseline", "known.json"]);
    assert_eq!(code(&written), 0);
    std::fs::write(folder.path().join("sealint.toml"), "baseline = \"known.json\"\n").unwrap();
    let output = sealint(folder.path(), &["check"]);
    assert_eq!(stdout(&output), "no findings, 1 suppressed\n1 file read, 0 skipped, 0 failed\n");
    assert_eq!(code(&sealint(folder.path(), &["check", "--no-config"])), 1);
}

#[test]
fn a_run_that_reads_nothing_says_so() {
    let folder = folder(&[
        ("none/notes.md", "resource \"a\" \"b\" {}\n"),
        ("limits.yaml", "Resources:\n  cpu:\n    limit: 1\n"),
        ("view/key.view.yaml", "view: a\n"),
    ]);
    for (args, part) in [
        (&["check", "none"][..], "no file that sealint reads in none"),
        (&["check", "limits.yaml"], "limits.yaml is left out: no template: it has Resources, but"),
        (&["check", "--rules", "none", "limits.yaml"], "there are no rules or views in none"),
        (&["test", "none"], "there are no rules or views in none"),
    ] {
        let output = sealint(folder.path(), args);
        assert_eq!(code(&output), 0, "{args:?}");
        assert!(stderr(&output).contains(part), "{args:?}: {}", stderr(&output));
    }
    assert!(stderr(&sealint(folder.path(), &["test", "view"])).contains("there are no rules in view"));
}

#[test]
fn folders_of_rules_that_are_named_twice_count_once() {
    let rule = "# METADATA\n# title: T\n# description: D.\n# custom:\n#   id: own-rule\n#   severity: low\n\
                #   view: aws.kms.key\n#   remediation: R.\npackage team.own\n\n\
                deny contains {\"path\": \"rotation\", \"message\": \"m\"} if input.rotation == false\n";
    let config = "extra-rules = [\"rules\"]\n";
    let folder = folder(&[("sealint.toml", config), ("rules/own-rule/rule.rego", rule), ("main.tf", KEY)]);
    let output = sealint(folder.path(), &["check", "main.tf", "--rules", "./rules/", "--select", "own-rule"]);
    assert_eq!((code(&output), stderr(&output)), (1, String::new()));
}

/// What `check` says of a rule with this metadata and this code.
fn said(subject: &str, code: &str) -> String {
    let rule = format!(
        "# METADATA\n# title: T\n# description: D.\n# custom:\n#   id: own-rule\n#   severity: low\n#   {subject}\n\
         #   remediation: R.\npackage team.own\n\n{code} if true\n"
    );
    let folder = folder(&[("rules/own-rule/rule.rego", &rule), ("main.tf", KEY)]);
    stderr(&sealint(folder.path(), &["test", "rules"]))
}

#[test]
fn mistakes_in_rules_are_told_before_they_run() {
    let deny = |path: &str| format!("deny contains {{\"path\": \"{path}\", \"message\": \"m\"}}");
    let view = "view: aws.kms.key";
    for (subject, code, part) in [
        (view, deny("rotaton"), "has no setting `rotaton`"),
        ("view: aws.kms.key\n#   fix: { set: { rotatoin: true } }", deny("rotation"), "has no setting `rotatoin`"),
        ("resources: [aws_kms_kye]", deny("values.x"), "did you mean `aws_kms_key`?"),
        ("resources: [aws_kms_key]", deny("enable_key_rotation"), "write `values.enable_key_rotation`"),
        (view, deny("rotation").replace("deny", "warn"), "it has no `deny`"),
    ] {
        assert!(said(subject, &code).contains(part), "{part}: {}", said(subject, &code));
    }
    assert_eq!(said(view, &deny("rotation")), "");
    assert_eq!(said("resources: [aws_kms_key, aws_my_thing]", &deny("values.tags.x")), "");
}

#[test]
fn expressions_in_error_fail() {
    let folder = folder(&[("main.tf", "variable \"on\" {}\n"), ("on.tfvars", "on = 1\n")]);
    let eval = |args: &[&str]| {
        let output = sealint(folder.path(), &[&["eval"], args].concat());
        (code(&output), stdout(&output))
    };
    for wrong in ["1/0", "[0/0]", "\"a\" + 1", "var.off", "1 +"] {
        assert_eq!(eval(&[wrong]), (2, String::new()), "{wrong}");
    }
    assert_eq!(eval(&["var.on", "--var", "on=2"]), (0, "\"2\"\n".to_owned()));
    assert_eq!(eval(&["var.on + 1", "--var-file", "on.tfvars"]), (0, "2\n".to_owned()));
}
