//! What a stranger's configuration must not do: each bound ends in a diagnostic at its place, and all else is judged.

use std::fmt::Write;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{folder, report, write};

const ROTATION: &str = "kms-key-rotation";

/// A key that does not rotate: it is found whatever stands beside it.
const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

/// The diagnostics as `CODE FILE:LINE`, and their messages.
fn problems(report: &Value) -> (Vec<String>, Vec<String>) {
    let all = report["diagnostics"].as_array().unwrap();
    let place = |problem: &Value| {
        let (code, file) = (problem["code"].as_str().unwrap(), problem["file"].as_str().unwrap());
        format!("{code} {file}:{}", problem["region"]["start_line"])
    };
    let message = |problem: &Value| problem["message"].as_str().unwrap().to_owned();
    (all.iter().map(place).collect(), all.iter().map(message).collect())
}

/// The text ends in time, with this problem, and does not hide the key beside it.
#[track_caller]
fn ends(text: &str, problem: &str) {
    ends_in(&folder(&[("bad.tf", text), ("main.tf", KEY)]), problem);
}

#[track_caller]
fn ends_in(folder: &tempfile::TempDir, problem: &str) {
    let start = Instant::now();
    let report = report(folder.path(), ROTATION, &[]);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    let (places, messages) = problems(&report);
    assert!(places.iter().any(|place| place == problem), "{places:?}: {messages:?}");
    let results = report["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["resource"] == "aws_kms_key.k"), "{results:?}");
}

#[test]
fn repetition() {
    ends("resource \"aws_kms_key\" \"many\" {\n  count = 1000000000\n}\n", "limit bad.tf:2");
    ends("module \"m\" {\n  source = \"./m\"\n  count  = 1000000000\n}\n", "limit bad.tf:3");
    let nested = "locals {\n  a = [for i in range(1000) : i]\n  b = [for x in local.a : [for y in local.a : [for z in local.a : z]]]\n}\n";
    ends(nested, "limit bad.tf:3");
}

#[test]
fn sequences_and_products() {
    ends("locals {\n  a = range(1000000000)\n}\n", "limit bad.tf:2");
    let product = "locals {\n  a = range(1000)\n  b = setproduct(local.a, local.a, local.a, local.a)\n}\n";
    ends(product, "limit bad.tf:3");
}

#[test]
fn giant_strings() {
    ends("locals {\n  a = format(\"%1000000000d\", 1)\n}\n", "limit bad.tf:2");
    let mut doubled = "locals {\n  s0 = \"xxxxxxxxxxxxxxxx\"\n".to_owned();
    for level in 1..64 {
        writeln!(doubled, "  s{level} = \"${{local.s{0}}}${{local.s{0}}}\"", level - 1).unwrap();
    }
    doubled.push_str("}\n");
    ends(&doubled, "limit bad.tf:21");
    let replaced = "locals {\n  a = join(\"\", [for i in range(1024) : \"xxxxxxxxxxxxxxxx\"])\n  b = replace(local.a, \"x\", local.a)\n}\n";
    ends(replaced, "limit bad.tf:3");
}

#[test]
fn values_that_grow_by_themselves() {
    let mut doubled = "locals {\n  l0 = [1]\n".to_owned();
    for level in 1..64 {
        writeln!(doubled, "  l{level} = concat(local.l{0}, local.l{0})", level - 1).unwrap();
    }
    doubled.push_str("}\n");
    ends(&doubled, "limit bad.tf:20");
}

#[test]
fn choices_within_choices() {
    let mut nested = "variable \"c\" {\n  type = bool\n}\nvariable \"d\" {}\nlocals {\n  s0 = var.d\n".to_owned();
    for level in 1..40 {
        let last = level - 1;
        let (twice, once) = (format!("\"${{local.s{last}}}a${{local.s{last}}}\""), format!("\"${{local.s{last}}}b\""));
        writeln!(nested, "  s{level} = var.c ? {twice} : upper({once})").unwrap();
    }
    nested.push_str("}\nresource \"aws_kms_key\" \"other\" {\n  policy = local.s39\n}\n");
    let folder = folder(&[("bad.tf", &nested), ("main.tf", KEY)]);
    let report = report(folder.path(), "kms-key-rotation,kms-key-policy-public", &[]);
    let results = report["results"].as_array().unwrap();
    // Nothing is known of that policy.
    let open = |result: &&Value| result["resource"] == "aws_kms_key.other" && result["verdict"] == "open";
    assert_eq!(results.iter().filter(open).count(), 1, "{results:?}");
}

#[test]
fn recursion() {
    ends("locals {\n  a = local.b\n  b = local.a\n}\n", "evaluation bad.tf:3");
    ends("module \"m\" {\n  source = \"./\"\n}\n", "evaluation bad.tf:1");
    let circle = folder(&[
        ("main.tf", &format!("{KEY}module \"a\" {{\n  source = \"./a\"\n}}\n")),
        ("a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n"),
        ("b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\n"),
    ]);
    ends_in(&circle, "evaluation b/main.tf:1");
}

#[test]
fn modules_within_modules() {
    let mut files = vec![("main.tf".to_owned(), format!("{KEY}module \"m\" {{\n  source = \"./m0\"\n}}\n"))];
    for level in 0..40 {
        let next = level + 1;
        files.push((format!("m{level}/main.tf"), format!("module \"m\" {{\n  source = \"../m{next}\"\n}}\n")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    ends_in(&folder(&files), "limit m31/main.tf:1");
}

#[test]
fn regular_expressions_take_linear_time() {
    let start = Instant::now();
    let text = format!("locals {{\n  a = regexall(\"(a+)+$\", \"{}!\")\n}}\n{KEY}", "a".repeat(100_000));
    let folder = folder(&[("main.tf", &text)]);
    assert_eq!(report(folder.path(), ROTATION, &[])["results"].as_array().unwrap().len(), 1);
    assert!(start.elapsed() < Duration::from_secs(30));
    ends("locals {\n  a = regex(\"(x{1000}){1000}\", \"x\")\n}\n", "evaluation bad.tf:2");
}

#[test]
fn files_outside_of_the_scanned_folder() {
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.txt", "classified");
    let secret = outside.path().join("secret.txt");
    for (function, rest) in [("file", ""), ("filebase64", ""), ("filesha256", ""), ("templatefile", ", {}")] {
        ends(&format!("locals {{\n  a = {function}(\"{}\"{rest})\n}}\n", secret.display()), "evaluation bad.tf:2");
        ends(
            &format!("locals {{\n  a = {function}(\"../../../../../../etc/passwd\"{rest})\n}}\n"),
            "evaluation bad.tf:2",
        );
    }
    ends("module \"m\" {\n  source = \"../../../../../../etc\"\n}\n", "missing-module bad.tf:2");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_outside() {
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.txt", "classified");
    write(outside.path(), "m/main.tf", "output \"o\" {\n  value = \"classified\"\n}\n");
    let folder = folder(&[
        ("main.tf", KEY),
        ("bad.tf", "locals {\n  a = file(\"${path.module}/link.txt\")\n}\n"),
        ("call.tf", "module \"m\" {\n  source = \"./linked\"\n}\noutput \"o\" {\n  value = module.m.o\n}\n"),
    ]);
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), folder.path().join("link.txt")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("m"), folder.path().join("linked")).unwrap();
    ends_in(&folder, "evaluation bad.tf:2");
    ends_in(&folder, "missing-module call.tf:2");
    let values = super::sealint(folder.path(), &["inspect", "--format", "values"]);
    assert!(!String::from_utf8_lossy(&values.stdout).contains("classified"));
}
