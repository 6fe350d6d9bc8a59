//! `who-can`: policies of resources joined with those of roles, users and groups, and with grants.
//!
//! What it prints for `testdata/access/NAME` is in the files beside it; `SEALINT_BLESS=1` writes them anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/access")
}

fn run(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sealint"))
        .current_dir(folder())
        .arg("who-can")
        .args(args)
        .args(["--no-config", "--color", "never"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn rows(args: &[&str]) -> Vec<Json> {
    let text = run(&[args, &["--format", "json"]].concat());
    serde_json::from_str::<Json>(&text).unwrap().as_array().unwrap().clone()
}

/// Who comes to an action on a resource through what: `resource, principal, through`.
fn ways(args: &[&str]) -> Vec<(String, String, String)> {
    let word = |row: &Json, key: &str| row[key].as_str().unwrap().to_owned();
    rows(args).iter().map(|row| (word(row, "resource"), word(row, "principal"), word(row, "through"))).collect()
}

fn expect(file: &str, args: &[&str]) {
    let printed = run(args);
    let path = folder().join(file);
    if std::env::var_os("SEALINT_BLESS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    assert_eq!(printed, std::fs::read_to_string(&path).unwrap(), "{file}");
}

#[test]
fn tables_say_who_and_through_what() {
    expect("ledger.decrypt.txt", &["kms:Decrypt", "ledger.tf"]);
    expect("ledger.get-object.txt", &["s3:GetObject", "ledger.tf"]);
    expect("desk.decrypt.txt", &["kms:Decrypt", "desk.yaml"]);
    expect("desk.publish.txt", &["sns:Publish", "desk.yaml"]);
}

#[test]
fn graphs_are_drawn() {
    expect("ledger.dot", &["kms:Decrypt", "ledger.tf", "--graph", "dot"]);
    expect("ledger.mmd", &["kms:Decrypt", "ledger.tf", "--graph", "mermaid"]);
}

#[test]
fn only_one_principal_on_request() {
    let reporter = "arn:aws:iam::123456789012:role/batch/reporter";
    let found = ways(&["kms:Decrypt", "ledger.tf", "--principal", reporter]);
    let through: Vec<&str> = found.iter().map(|(.., through)| through.as_str()).collect();
    assert_eq!(through, ["identity-policy"]);
    let service = ways(&["kms:GenerateDataKey", "desk.yaml", "--principal", "cloudwatch.amazonaws.com"]);
    assert_eq!(service.len(), 1, "{service:?}");
    let stranger = ways(&["kms:Decrypt", "desk.yaml", "--principal", "arn:aws:iam::999999999999:role/desk"]);
    assert!(stranger.iter().all(|(.., through)| through == "account-policies"), "{stranger:?}");
}

#[test]
fn places_and_conditions_are_in_the_json() {
    let all = rows(&["kms:Decrypt", "desk.yaml"]);
    let robin = all.iter().find(|row| row["principal"].as_str().unwrap().contains("Robin")).unwrap();
    assert_eq!(robin["decision"], "conditional");
    assert_eq!(robin["policy"], "ReadTickets");
    assert_eq!((&robin["file"], &robin["line"]), (&"desk.yaml".into(), &56.into()));
    assert_eq!(robin["delegated_by"]["line"], 10);
    assert_eq!(robin["conditions"][0], "aws:MultiFactorAuthPresent Bool \"true\"");
    let worker = all.iter().find(|row| row["principal"].as_str().unwrap().contains("Worker")).unwrap();
    assert_eq!((&worker["decision"], &worker["policy"]), (&"allow".into(), &"Worker".into()));
    assert_eq!(worker["protects"][0], "Tickets");
}

#[test]
fn the_objects_of_a_bucket_are_its_policys() {
    let found = ways(&["s3:GetObject", "partner.json"]);
    let principals: Vec<&str> = found.iter().map(|(_, principal, _)| principal.as_str()).collect();
    assert_eq!(principals, ["arn:aws:iam::210987654321:role/reader"]);
}

#[test]
fn what_is_no_action_is_told() {
    for (action, hint) in [("kms:Decrpyt", "did you mean `kms:Decrypt`?"), ("Decrypt", "did you mean `kms:Decrypt`?")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sealint"));
        let output = command.current_dir(folder()).args(["who-can", action, "ledger.tf"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{action}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(hint), "{action}");
    }
    run(&["kms:Decr*", "ledger.tf"]);
    let statements = rows(&["kms:Decrypt", "ledger.tf"]);
    assert!(statements.iter().all(|row| row["statement"].as_u64().unwrap() > 0), "they count from 1");
}
