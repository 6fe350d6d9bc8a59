//! Where the values of variables come from, and which of them wins.

use super::check;
use crate::support::{sealint, stderr};

const MAIN: &str = "variable \"rotate\" {
  type    = bool
  default = false
}
resource \"aws_kms_key\" \"k\" {
  enable_key_rotation = var.rotate
}
";

/// Whether the key rotates, by what the rule says.
fn rotates(files: &[(&str, &str)], args: &[&str]) -> bool {
    let all = [&[("main.tf", MAIN)], files].concat();
    match check("kms-key-rotation", &all, args).as_slice() {
        [] => true,
        [only] => {
            assert_eq!(only, "fail aws_kms_key.k main.tf:6 enable_key_rotation = var.rotate");
            false
        }
        several => panic!("{several:?}"),
    }
}

const ON: &str = "rotate = true\n";
const OFF: &str = "rotate = false\n";

#[test]
fn files_that_are_loaded_unasked() {
    assert!(!rotates(&[], &[]));
    assert!(rotates(&[("terraform.tfvars", ON)], &[]));
    assert!(rotates(&[("terraform.tfvars.json", "{\"rotate\": true}")], &[]));
    assert!(rotates(&[("a.auto.tfvars", ON)], &[]));
    assert!(rotates(&[("a.auto.tfvars.json", "{\"rotate\": true}")], &[]));
    assert!(!rotates(&[("other.tfvars", ON)], &[]));
}

#[test]
fn later_sources_win() {
    assert!(rotates(&[("terraform.tfvars", OFF), ("terraform.tfvars.json", "{\"rotate\": true}")], &[]));
    assert!(rotates(&[("terraform.tfvars.json", "{\"rotate\": false}"), ("a.auto.tfvars", ON)], &[]));
    assert!(rotates(&[("a.auto.tfvars", OFF), ("b.auto.tfvars", ON)], &[]));
    assert!(!rotates(&[("a.auto.tfvars", ON), ("b.auto.tfvars", OFF)], &[]));
    let files = [("a.auto.tfvars", OFF), ("on.tfvars", ON), ("off.tfvars", OFF)];
    assert!(rotates(&files, &["--var-file", "on.tfvars"]));
    assert!(!rotates(&files, &["--var-file", "on.tfvars", "--var-file", "off.tfvars"]));
    assert!(rotates(&files, &["--var-file", "off.tfvars", "--var", "rotate=true"]));
    assert!(!rotates(&files, &["--var", "rotate=true", "--var", "rotate=false"]));
}

#[test]
fn the_environment_counts_only_when_asked_and_least() {
    // Every run has TF_VAR_rotate=true.
    assert!(!rotates(&[], &[]));
    assert!(rotates(&[], &["--env-vars"]));
    assert!(!rotates(&[("terraform.tfvars", OFF)], &["--env-vars"]));
}

#[test]
fn a_value_is_shown_where_it_was_written() {
    let folder = super::folder(&[("main.tf", MAIN), ("terraform.tfvars", "# stage\nrotate = false\n")]);
    let report = super::report(folder.path(), "kms-key-rotation", &[]);
    let origin = &report["results"][0]["origin"];
    let written = origin.as_array().unwrap().iter().find(|step| step["step"] == "written").unwrap();
    assert_eq!((&written["file"], &written["region"]["start_line"]), (&"terraform.tfvars".into(), &2.into()));
}

#[test]
fn overrides_and_opentofus_files_replace() {
    let over = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = true\n}\n";
    assert!(rotates(&[("override.tf", over)], &[]));
    assert!(rotates(&[("z_override.tf", over)], &[]));
    assert!(rotates(&[("main.tofu", over)], &[]));
    let json = r#"{"resource": {"aws_kms_key": {"k": {"enable_key_rotation": true}}}}"#;
    assert!(rotates(&[("override.tf.json", json)], &[]));
}

#[test]
fn a_value_for_what_nothing_declares_is_told() {
    let template =
        "AWSTemplateFormatVersion: 2010-09-09\nParameters: { Stage: { Type: String, Default: test } }\nResources: {}\n";
    let folder = super::folder(&[("main.tf", MAIN), ("stack.yaml", template)]);
    let told = |args: &[&str]| stderr(&sealint(folder.path(), &[&["check", "."], args].concat()));
    let slip = told(&["--var", "rotat=true", "--parameter", "stage=live"]);
    assert!(slip.contains("no root module that was read declares the variable \"rotat\""), "{slip}");
    assert!(slip.contains("no template that was read declares the parameter \"stage\""), "{slip}");
    assert!(slip.contains("did you mean `rotate`?") && slip.contains("did you mean `Stage`?"), "{slip}");
    let right = told(&["--var", "rotate=true", "--parameter", "Stage=live", "--parameter", "AWS::Region=eu-west-1"]);
    assert!(!right.contains("declares the"), "{right}");
    // A hook names the files of a commit, and gives each run the same values.
    let named = stderr(&sealint(folder.path(), &["check", "--parameter", "stage=live", "main.tf"]));
    assert!(!named.contains("declares the"), "{named}");
}
