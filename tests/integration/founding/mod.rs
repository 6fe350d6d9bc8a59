//! The five founding systems: what their documents claim and their code does not keep is found at its line, in every
//! report that machines read, and what is right is quiet.

mod claims;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{code, json, sealint, stderr, stdout};
use claims::ALL;

fn system(name: &str, state: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/founding").join(name).join(state)
}

/// Rule and `file:line` of each finding.
type Found = BTreeSet<(String, String)>;

fn before(name: &str, format: &str) -> std::process::Output {
    let args = ["check", "--no-config", "--profile", "strict", "--exit-zero", "--color", "never", "--format", format];
    let output = sealint(&system(name, "before"), &args);
    assert_eq!(code(&output), 0, "{name}: {}", stderr(&output));
    output
}

fn concise(name: &str) -> Found {
    let text = stdout(&before(name, "concise"));
    let found = text.lines().filter_map(|line| {
        let (place, rest) = line.split_once(": ")?;
        let (place, _column) = place.rsplit_once(':')?;
        let (_severity, rest) = rest.split_once('[')?;
        Some((rest.split_once(']')?.0.to_owned(), place.to_owned()))
    });
    found.collect()
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).map_or_else(String::new, |found| found.as_str().map_or(found.to_string(), str::to_owned))
}

fn from_json(name: &str) -> Found {
    let report = json(&before(name, "json"));
    let results = report["results"].as_array().unwrap();
    results
        .iter()
        .map(|result| {
            let line = text(result, "/region/start_line");
            (text(result, "/rule"), format!("{}:{line}", text(result, "/file")))
        })
        .collect()
}

fn from_sarif(name: &str) -> Found {
    let report = json(&before(name, "sarif"));
    let results = report.pointer("/runs/0/results").and_then(Value::as_array).unwrap();
    // Paths start at the root of the repository, if this is one.
    let above = format!("testdata/founding/{name}/before/");
    results
        .iter()
        .map(|result| {
            let place = result.pointer("/locations/0/physicalLocation").unwrap();
            let (line, uri) = (text(place, "/region/startLine"), text(place, "/artifactLocation/uri"));
            (text(result, "/ruleId"), format!("{}:{line}", uri.strip_prefix(&above).unwrap_or(&uri)))
        })
        .collect()
}

/// The table says which line it means twice, so that a moved line shows as a wrong table and not as a missing finding.
#[test]
fn the_table_is_true_of_the_sources() {
    for (name, claims) in ALL {
        for claim in *claims {
            let (file, line) = claim.place.rsplit_once(':').unwrap();
            let source = fs::read_to_string(system(name, "before").join(file)).unwrap();
            let found = source.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap_or_default().trim();
            assert_eq!(found, claim.text, "{name}/before/{}", claim.place);
        }
    }
}

#[test]
fn before_is_found() {
    for (name, claims) in ALL {
        let found = concise(name);
        for claim in *claims {
            let wanted = (claim.rule.to_owned(), claim.place.to_owned());
            assert!(found.contains(&wanted), "{name}: no {} at {} in\n{found:#?}", claim.rule, claim.place);
        }
    }
}

#[test]
fn machines_read_the_same() {
    for (name, _) in ALL {
        let found = concise(name);
        assert_eq!(from_json(name), found, "{name} as JSON");
        assert_eq!(from_sarif(name), found, "{name} as SARIF");
    }
}

/// Each `after` asks for the strict profile in its `sealint.toml`, and says there what it leaves out and why.
#[test]
fn after_is_quiet() {
    for (name, _) in ALL {
        for args in [&["check", "--show-open"][..], &["check", "--show-open", "--no-config"]] {
            let args: Vec<&str> =
                args.iter().copied().chain(["--format", "concise", "--color", "never", "-q"]).collect();
            let output = sealint(&system(name, "after"), &args);
            assert_eq!((code(&output), stdout(&output).as_str()), (0, ""), "{name}: {}", stderr(&output));
            assert_eq!(stderr(&output), "", "{name}");
        }
    }
}

/// What a document says and the code keeps: no finding, although the rule looks at the resource.
#[test]
fn what_is_kept_is_not_found() {
    let kept = [
        // 1, 11: the key is enabled, rotates each year and has an alias.
        ("single-key", "kms-key-enabled"),
        ("single-key", "kms-key-rotation"),
        ("single-key", "kms-key-rotation-period"),
        ("single-key", "kms-alias-for-key"),
        // 2, 5: the account keeps control, and grants are for services of AWS.
        ("single-key", "kms-key-policy-lockout"),
        // 7: what is sensitive is under the key.
        ("single-key", "secretsmanager-cmk"),
        ("single-key", "dynamodb-cmk"),
        ("single-key", "s3-bucket-sse-kms"),
        ("single-key", "lambda-env-cmk"),
        // 1, 2: the tables have encryption with KMS, the buckets have some.
        ("travel-guide", "dynamodb-sse-kms"),
        ("travel-guide", "s3-bucket-default-encryption"),
        // 3: public access is blocked.
        ("cost-module", "s3-bucket-public-access-block"),
        ("cost-module", "s3-bucket-policy-public"),
    ];
    for (name, rule) in kept {
        let found = concise(name);
        assert!(!found.iter().any(|(id, _)| id == rule), "{name}: {rule}");
    }
}

/// A topic has neither objects nor actions of S3.
#[test]
fn advice_fits_the_resource() {
    let text = stdout(&before("cost-module", "concise"));
    let line = text.lines().find(|line| line.contains("[sns-policy-tls-only]")).unwrap();
    assert!(line.contains("deny all actions to * when aws:SecureTransport is false"), "{line}");
}

#[test]
fn the_readme_shows_what_is_said() {
    let args = ["check", "--select", "s3-bucket-key-enabled", "--color", "never"];
    let output = sealint(&system("cost-module", "before"), &args);
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(format!("{}{}", stdout(&output), stderr(&output)), shown.replace("\r\n", "\n"));
}
