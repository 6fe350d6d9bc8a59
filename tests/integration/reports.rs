//! Reports for other programs: paths from the root of the repository, and findings that can be told apart.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value as Json;

use crate::support::{folder, json, sealint, stdout};

const KEY: &str = "variable \"r\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.r\n}\n";
const TEMPLATE: &str = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n";

/// The URIs of all locations in a SARIF log.
fn uris(value: &Json, found: &mut BTreeSet<String>) {
    match value {
        Json::Object(entries) => {
            if let Some(uri) = entries.get("artifactLocation").and_then(|location| location["uri"].as_str()) {
                found.insert(uri.to_owned());
            }
            entries.values().for_each(|value| uris(value, found));
        }
        Json::Array(items) => items.iter().for_each(|item| uris(item, found)),
        _ => {}
    }
}

#[test]
fn paths_start_at_the_root_of_the_repository() {
    let folder = folder(&[(".git/HEAD", ""), ("infra/main.tf", KEY), ("cfn/t.yaml", TEMPLATE)]);
    let check = |from: &str, format: &str, paths: &[&str]| {
        let select = ["check", "--select", "kms-key-rotation", "--var", "r=false", "--format", format];
        sealint(&folder.path().join(from), &[&select[..], paths].concat())
    };
    let runs: [(&str, &[&str]); 3] = [("", &["."]), ("infra", &[".", "../cfn"]), ("cfn", &["..", "--no-config"])];
    let mut prints = BTreeSet::new();
    for (from, paths) in runs {
        let log = json(&check(from, "sarif", paths));
        let (run, mut found) = (&log["runs"][0], BTreeSet::new());
        uris(&run["results"], &mut found);
        // What is given on the command line stands in no file.
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["cfn/t.yaml", "infra/main.tf"], "from {from}");
        assert!(run["results"].to_string().contains("The value is given by `--var r`."));
        let root = run["originalUriBaseIds"]["%SRCROOT%"]["uri"].as_str().unwrap();
        assert!(root.ends_with(&format!("{}/", folder.path().file_name().unwrap().to_string_lossy())), "{root}");
        let github = stdout(&check(from, "github", paths));
        assert!(github.contains("file=infra/main.tf,") && github.contains("file=cfn/t.yaml,"), "{github}");
        let gitlab = json(&check(from, "gitlab", paths));
        assert_eq!(gitlab[1]["location"]["path"], "infra/main.tf");
        prints.insert(gitlab.as_array().unwrap().iter().map(|one| one["fingerprint"].to_string()).collect::<String>());
    }
    assert_eq!(prints.len(), 1, "{prints:?}");
    // People and JSON get paths that lead to the files from where they are.
    assert!(stdout(&check("infra", "concise", &[".", "../cfn"])).starts_with("../cfn/t.yaml:5:7"));
    assert_eq!(json(&check("infra", "json", &["."]))["results"][0]["file"], "main.tf");
}

#[test]
fn without_a_repository_paths_start_where_the_run_did() {
    let folder = folder(&[("infra/main.tf", KEY), ("cfn/t.yaml", TEMPLATE)]);
    let args = ["check", ".", "../cfn", "--select", "kms-key-rotation", "--var", "r=false", "--format", "sarif"];
    let mut found = BTreeSet::new();
    uris(&json(&sealint(&folder.path().join("infra"), &args))["runs"][0]["results"], &mut found);
    let found: Vec<String> = found.into_iter().collect();
    assert!(
        found[0].starts_with("file:///") && found[0].ends_with("/cfn/t.yaml") && found[1] == "main.tf",
        "{found:?}"
    );
}

#[test]
fn a_rule_has_the_severity_that_the_configuration_gives_it() {
    let config = "[rules.kms-key-rotation]\nseverity = \"low\"\n";
    let folder = folder(&[("sealint.toml", config), ("t.yaml", TEMPLATE)]);
    let log = json(&sealint(folder.path(), &["check", "--select", "kms-key-rotation", "--format", "sarif"]));
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(
        (&rule["properties"]["security-severity"], &rule["defaultConfiguration"]["level"]),
        (&"2.0".into(), &"note".into())
    );
}

#[test]
fn what_several_roots_call_can_be_told_apart() {
    let root = "module \"m\" {\n  source = \"../../m\"\n  r      = false\n}\n";
    let folder = folder(&[("m/main.tf", KEY), ("envs/dev/main.tf", root), ("envs/test/main.tf", root)]);
    let check =
        |format: &str| stdout(&sealint(folder.path(), &["check", "--select", "kms-key-rotation", "--format", format]));
    for format in ["concise", "github", "gitlab", "junit", "markdown"] {
        let text = check(format);
        let named = |root: &str| {
            text.lines()
                .filter(|line| {
                    line.contains(&format!("called in envs/{root}/main.tf"))
                        || line.contains(&format!("called at envs/{root}/main.tf:1"))
                })
                .count()
        };
        assert_eq!((named("dev"), named("test")), (1, 1), "{text}");
    }
    // A value of the module's own is one finding, however many reach it.
    fs::write(
        folder.path().join("m/main.tf"),
        KEY.replace("var.r", "false").replace("{\n  enable", "{\n  count = 3\n  enable"),
    )
    .unwrap();
    let text = check("concise");
    assert!(
        text.contains("module.m.aws_kms_key.k[0] and 2 more: ")
            && text.contains("(called at envs/dev/main.tf:1 and envs/test/main.tf:1)"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_and_its_file_are_one_place() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("shared/main.tf", &KEY.replace("var.r", "false")), ("dev/x.tf", ""), ("t.yaml", TEMPLATE)]);
    symlink("../shared/main.tf", folder.path().join("dev/main.tf")).unwrap();
    symlink("t.yaml", folder.path().join("a.yaml")).unwrap();
    let check = || stdout(&sealint(folder.path(), &["check", "--select", "kms-key-rotation", "--format", "concise"]));
    assert_eq!(
        check().lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>(),
        ["shared/main.tf", "t.yaml"]
    );
    let fix = sealint(folder.path(), &["fix", "--select", "kms-key-rotation"]);
    assert_eq!(stdout(&fix).lines().count(), 2, "{}", stdout(&fix));
    assert!(check().is_empty() && fs::symlink_metadata(folder.path().join("dev/main.tf")).unwrap().is_symlink());
}

#[test]
fn faults_of_one_place_are_put_together_by_what_is_said() {
    let rule = "# METADATA\n# title: X\n# description: X.\n# custom:\n#   id: own\n#   severity: low\n#   view: aws.kms.key\n#   remediation: X.\npackage team.own\n\ndeny contains {\"path\": \"rotation\", \"message\": \"is odd\"} if input.deletion_window_days == 7\n\ndeny contains {\"path\": \"rotation\", \"message\": \"is still\"} if not input.rotation\n";
    let keys = "resource \"aws_kms_key\" \"k\" {\n  for_each                = { a = 30, b = 7 }\n  enable_key_rotation     = false\n  deletion_window_in_days = each.value\n}\n";
    let folder = folder(&[("rules/own/rule.rego", rule), ("main.tf", keys)]);
    let output = sealint(folder.path(), &["check", "--rules", "rules", "--select", "own", "--format", "json"]);
    let report: Json = serde_json::from_str(&stdout(&output)).unwrap();
    let mut said: Vec<(String, usize)> = report["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            (result["message"].as_str().unwrap().to_owned(), result["instances"].as_array().map_or(1, Vec::len))
        })
        .collect();
    said.sort();
    assert_eq!(said, [("is odd".to_owned(), 1), ("is still".to_owned(), 2)]);
}
