//! What a repository can do to a run: it is judged, and must not decide how well, nor have anything else of the machine read.

use std::fmt::Write;
use std::fs;

use crate::support::{code, folder, json, sealint, stderr, stdout};

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

/// A rule about keys with this title and these examples.
fn rule(title: &str) -> String {
    format!(
        "# METADATA\n# title: {title}\n# description: {title}\n# custom:\n#   id: own\n#   severity: low\n\
         #   view: aws.kms.key\n#   remediation: {title}\npackage own\n\n\
         deny contains {{\"path\": \"rotation\", \"message\": \"m\"}} if not input.rotation\n"
    )
}

#[test]
fn what_the_command_line_of_aws_prints_is_judged() {
    let policy = r#"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"secretsmanager:*\",\"Resource\":\"*\"}]}"#;
    let of = |key: &str| format!("{{\"ARN\": \"a\", \"Name\": \"n\", \"{key}\": \"{policy}\"}}");
    let folder = folder(&[
        ("secret.json", &of("ResourcePolicy")),
        ("repository.json", &of("policyText")),
        ("topic.json", &format!("{{\"Attributes\": {}}}", of("Policy"))),
        ("shared.json", &format!("{{\"policies\": [\"{policy}\"]}}")),
        ("none.json", "{\"Policy\": \"Statement of what we do\"}"),
    ]);
    let report = json(&sealint(folder.path(), &["check", "--select", "ALL", "--format", "json"]));
    for file in ["secret.json", "repository.json", "topic.json", "shared.json"] {
        assert!(report["results"].as_array().unwrap().iter().any(|result| result["file"] == file), "{file}: {report}");
    }
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!((&diagnostics[0]["file"], &diagnostics[0]["severity"]), (&"none.json".into(), &"warning".into()));
}

#[test]
fn texts_of_rules_do_not_act_on_the_terminal() {
    let folder = folder(&[
        ("rules/own/rule.rego", &rule("\"T \\x1b]0;pwned\\x07\"")),
        (
            "rules/own/examples.md",
            "```terraform passes\n# \u{1b}]0;pwned\u{7}\tx\nresource \"aws_kms_key\" \"k\" {}\n```\n",
        ),
        ("sealint.toml", "extra-rules = [\"rules\"]\n"),
    ]);
    for args in [&["rules"][..], &["explain", "own"], &["test", "rules"]] {
        let output = sealint(folder.path(), args);
        let printed = stdout(&output) + &stderr(&output);
        assert!(!printed.contains(['\u{1b}', '\u{7}']), "{args:?}: {printed:?}");
        assert!(printed.contains("\\u{1b}]0;pwned"), "{args:?}: {printed:?}");
    }
}

#[test]
fn a_broken_manifest_of_modules_is_told() {
    let call = "module \"a\" {\n  source = \"acme/a/aws\"\n}\n";
    let folder = folder(&[("main.tf", call), (".terraform/modules/modules.json", "{\"Modules\": [}")]);
    let output = sealint(folder.path(), &["check", "--format", "json"]);
    let report = json(&output);
    let manifest = |told: &serde_json::Value| told["file"] == ".terraform/modules/modules.json";
    assert!(report["diagnostics"].as_array().unwrap().iter().any(manifest), "{report}");
    assert_eq!(code(&output), 2);
}

#[test]
fn a_run_says_the_same_each_time() {
    let mut files: Vec<(String, String)> = Vec::new();
    for root in 0..12 {
        let mut calls = String::new();
        for module in 0..10 {
            let module = (module + root * 7) % 30;
            writeln!(calls, "module \"m{module}\" {{\n  source = \"../../modules/m{module}\"\n}}").unwrap();
        }
        files.push((format!("envs/e{root}/main.tf"), calls));
    }
    for module in 0..30 {
        files.push((format!("modules/m{module}/main.tf"), format!("{KEY}locals {{\n  a = upper(1, 2)\n  a = 2\n}}\n")));
    }
    files.push((".git/HEAD".to_owned(), String::new()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let run = || stdout(&sealint(folder.path(), &["check", "--format", "json", "envs"]));
    let first = run();
    assert!(first.contains("modules/m0/main.tf") && first.contains("diagnostics"), "{first}");
    for _ in 0..8 {
        assert_eq!(run(), first);
    }
}

#[test]
fn a_file_is_read_once_however_it_is_named() {
    let folder = folder(&[("main.tf", KEY), ("sub/x.tf", "")]);
    let absolute = folder.path().join("main.tf");
    let named =
        ["check", "--format", "json", "main.tf", "sub/../main.tf", "./main.tf", absolute.to_str().unwrap(), "sub/.."];
    let output = sealint(folder.path(), &named);
    let report = json(&output);
    assert_eq!((code(&output), &report["diagnostics"]), (1, &serde_json::json!([])), "{report}");
    assert_eq!(report["files"]["read"], 2);
    assert!(report["results"].as_array().unwrap().iter().all(|result| result["file"] == "main.tf"));
}

#[cfg(unix)]
#[test]
fn settings_name_nothing_outside_of_the_repository() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.toml", "password = \"hunter2\"\n"), ("rules/own/rule.rego", "hunter2\n")]);
    let at = |path: &str| outside.path().join(path);
    let repository =
        folder(&[(".git/HEAD", ""), ("main.tf", KEY), ("values/in.tfvars", ""), ("rules/own/examples.md", "")]);
    let run = |args: &[&str]| {
        let output = sealint(repository.path(), &[&["check", "--format", "json"], args].concat());
        (code(&output), stdout(&output) + &stderr(&output))
    };
    let config = repository.path().join("sealint.toml");
    symlink(at("secret.toml"), &config).unwrap();
    let (exit, printed) = run(&[]);
    assert!(exit == 2 && printed.contains("leads out of the repository") && !printed.contains("hunter2"), "{printed}");
    // Whoever runs it may say so.
    assert!(run(&["--config", "sealint.toml"]).1.contains("password"));

    fs::remove_file(&config).unwrap();
    symlink(at("secret.toml"), repository.path().join("values/link.tfvars")).unwrap();
    let secret = at("secret.toml");
    let secret = secret.display();
    for setting in [
        format!("[terraform]\nvariable-files = [\"values/in.tfvars\", \"{secret}\"]\n"),
        "[terraform]\nvariable-files = [\"values/link.tfvars\"]\n".to_owned(),
        format!("[cloudformation]\nparameter-files = [\"{secret}\"]\n"),
        "extra-rules = [\"/\"]\n".to_owned(),
        "extra-rules = [\"../..\"]\n".to_owned(),
        "paths = [\"main.tf\", \"/etc\"]\n".to_owned(),
    ] {
        fs::write(&config, &setting).unwrap();
        let (exit, printed) = run(&[]);
        assert!(exit == 2 && printed.contains("leads out of the repository"), "{setting}: {printed}");
        assert!(!printed.contains("hunter2") && printed.contains("kms-key-rotation"), "{setting}: {printed}");
    }
    fs::write(&config, "extra-rules = [\"rules\"]\n").unwrap();
    symlink(at("rules/own/rule.rego"), repository.path().join("rules/own/rule.rego")).unwrap();
    let (exit, printed) = run(&[]);
    assert!(exit == 2 && printed.contains("leads out") && !printed.contains("hunter2"), "{printed}");
}

#[test]
fn what_is_judged_as_yaml_is_suppressed_as_yaml() {
    let key = |rest: &str| {
        format!("{{Resources: {{K: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: false}}{rest}}}}}}}\n")
    };
    let metadata = ", Metadata: {sealint: {ignore: [{rule: kms-key-rotation, reason: a test}]}}";
    let comment = "{\n  Resources: {\n    K: {\n      # sealint: ignore[kms-key-rotation] a test\n      Type: AWS::KMS::Key,\n      \
                   Properties: {\n        EnableKeyRotation: false\n      }\n    }\n  }\n}\n";
    let folder = folder(&[("open.yaml", &key("")), ("metadata.yaml", &key(metadata)), ("comment.json", comment)]);
    let report = json(&sealint(folder.path(), &["check", "--select", "kms-key-rotation", "--format", "json"]));
    let files: Vec<&str> = report["results"].as_array().unwrap().iter().filter_map(|r| r["file"].as_str()).collect();
    assert_eq!(files, ["open.yaml"], "{report}");
}

#[test]
fn examples_are_judged_with_their_options() {
    let key = "variable \"rotate\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.rotate";
    let block = |info: &str, mark: &str| format!("```{info}\n{key}{mark}\n}}\n```\n\n");
    let template = "Parameters: {R: {Type: String}}\nResources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: !Ref R\n";
    let good = block("terraform fails var.rotate=false", " # finding")
        + &block("terraform passes var.rotate=true", "")
        + &format!("```yaml passes parameter.R=true\n{template}```\n```yaml fails parameter.R=false\n{template}```\n");
    let folder = folder(&[("rules/own/rule.rego", &rule("T")), ("rules/own/examples.md", &good)]);
    let output = sealint(folder.path(), &["test", "rules"]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    for wrong in ["vra.rotate=true", "var.other=true"] {
        let text = block(&format!("terraform passes var.rotate=true {wrong}"), "");
        fs::write(folder.path().join("rules/own/examples.md"), text).unwrap();
        assert_eq!(code(&sealint(folder.path(), &["test", "rules"])), 1, "{wrong}");
    }
}
