//! Terraform configurations and plans through the whole program: failing cases with their passing twins.

mod bounds;
mod inputs;
mod links;
mod modules;
mod notes;
mod plans;
mod policies;
mod worlds;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The program's output in a folder.
fn sealint(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealint"));
    command.current_dir(folder).args(args).env("TF_VAR_rotate", "true").output().unwrap()
}

/// The JSON report of one rule on a folder.
fn report(folder: &Path, rule: &str, args: &[&str]) -> Value {
    let fixed = ["check", "--no-config", "--show-open", "--format", "json", "--select", rule];
    let output = sealint(folder, &[&fixed, args].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// What a report says, a line for each result: `VERDICT RESOURCE FILE:LINE TEXT`, where it depends on something
/// followed by `, fails when …`.
fn said(folder: &Path, report: &Value) -> Vec<String> {
    report["results"].as_array().unwrap().iter().map(|result| line(folder, result)).collect()
}

fn line(folder: &Path, result: &Value) -> String {
    let word = |key: &str| result[key].as_str().unwrap();
    let (file, region) = (word("file"), &result["region"]);
    let number = |key: &str| region[key].as_u64().unwrap() as usize;
    let source = fs::read_to_string(folder.join(file)).unwrap();
    let start = number("byte_offset");
    let text = &source[start..start + number("byte_length")];
    let when = result["when"].as_str().map(|when| format!(", {when}")).unwrap_or_default();
    format!("{} {} {file}:{} {text}{when}", word("verdict"), word("resource"), number("start_line"))
}

/// What a rule says of files. There is nothing that could not be read or evaluated.
fn check(rule: &str, files: &[(&str, &str)], args: &[&str]) -> Vec<String> {
    let folder = folder(files);
    let report = report(folder.path(), rule, args);
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    said(folder.path(), &report)
}

/// What a rule says of one file.
fn check_text(rule: &str, text: &str) -> Vec<String> {
    check(rule, &[("main.tf", text)], &[])
}
