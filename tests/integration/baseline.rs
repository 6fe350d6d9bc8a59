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
    assert_eq!(stderr(&written), "wrote 2 findings to known.json\n");

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
        ("other.json", "{\"version\": 3, \"findings\": []}"),
        (
            "old.json",
            "{\"version\": 1, \"findings\": [{\"fingerprint\": \"0\", \"rule\": \"r\", \"resource\": \"a\"}]}",
        ),
        ("broken.json", "[1"),
    ]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check"], args].concat());
    assert_eq!(code(&check(&["--write-baseline", "known.json"])), 0);
    fs::write(folder.path().join("main.tf"), "locals {}\n").unwrap();
    let stale = check(&["--baseline", "known.json"]);
    assert_eq!(code(&stale), 0);
    for part in ["1 finding of the baseline is there no more", "kms-key-rotation: aws_kms_key.a", "--write-baseline"] {
        assert!(stderr(&stale).contains(part), "{}", stderr(&stale));
    }
    // What was not looked for is not gone.
    fs::create_dir(folder.path().join("empty")).unwrap();
    for args in [&["--select", "sqs-sse"][..], &["empty"], &["main.tf"]] {
        let output = check(&[&["--baseline", "known.json"], args].concat());
        assert!(!stderr(&output).contains("no more"), "{args:?}: {}", stderr(&output));
    }
    for (file, said) in [
        ("other.json", "version 3 is not known"),
        ("old.json", "--write-baseline"),
        ("broken.json", "is no baseline"),
        ("gone.json", "cannot read"),
    ] {
        let output = check(&["--baseline", file]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

const MODULE: &str = "variable \"n\" { default = [\"b\"] }\nresource \"aws_kms_key\" \"k\" {\n  for_each = toset(var.n)\n  enable_key_rotation = false\n}\n";
const CALL: &str = "module \"@\" {\n  source = \"../m\"\n}\n";

#[test]
fn each_instance_is_known_by_itself() {
    let folder = folder(&[("m/main.tf", MODULE), ("r/main.tf", &CALL.replace('@', "a"))]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check", "--select", "kms-key-rotation"], args].concat());
    assert_eq!(code(&check(&["--write-baseline", "known.json"])), 0);
    let new = || {
        let report = json(&check(&["--baseline", "known.json", "--format", "json"]));
        let results = report["results"].as_array().unwrap().clone();
        results.iter().map(|result| result["resource"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    assert_eq!(new(), [""; 0]);
    // Another call, in a file before.
    write("r/a.tf", &CALL.replace('@', "b"));
    assert_eq!(new(), ["module.b.aws_kms_key.k[\"b\"]"]);
    fs::remove_file(folder.path().join("r/a.tf")).unwrap();
    // Another instance, before the known one.
    write("m/main.tf", &MODULE.replace("[\"b\"]", "[\"a\", \"b\"]"));
    assert_eq!(new(), ["module.a.aws_kms_key.k[\"a\"]"]);
    write("m/main.tf", MODULE);
    // Another root with the same names.
    write("q/main.tf", &CALL.replace('@', "a"));
    assert_eq!(new(), ["module.a.aws_kms_key.k[\"b\"]"]);
    fs::remove_file(folder.path().join("q/main.tf")).unwrap();
    // The same in another file of its module.
    fs::rename(folder.path().join("m/main.tf"), folder.path().join("m/keys.tf")).unwrap();
    assert_eq!(new(), [""; 0]);
}

#[test]
fn a_baseline_does_not_depend_on_the_folder_of_the_run() {
    for git in [".git/HEAD", "no-repository"] {
        let folder = folder(&[(git, ""), ("m/main.tf", MODULE), ("r/main.tf", &CALL.replace('@', "a"))]);
        let absolute = folder.path().join("r").to_string_lossy().into_owned();
        assert_eq!(code(&sealint(folder.path(), &["check", "--write-baseline", "known.json"])), 0);
        for (from, path) in [("", "r"), ("", "./m/../r"), ("r", "."), ("m", "../r"), ("m", &absolute)] {
            let args = ["check", path, "--baseline", if from.is_empty() { "known.json" } else { "../known.json" }];
            let output = sealint(&folder.path().join(from), &args);
            assert_eq!(code(&output), 0, "{git}, {path} from {from}: {}", stdout(&output));
        }
    }
}
