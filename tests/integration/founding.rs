//! The five founding systems: what their documents leave open is found at its line, and what is right is quiet.

use std::path::Path;
use std::process::Command;

fn check(folder: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_sealint"))
        .current_dir(root.join("testdata/founding").join(folder))
        .args(["check", "--no-config", "--exit-zero", "--format", "concise", "--color", "never"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Each expectation is the start of a line, `file:line`, and the rule.
fn expect(folder: &str, findings: &[(&str, &str)]) {
    let found = check(folder);
    for (place, rule) in findings {
        let hit =
            found.lines().any(|line| line.starts_with(&format!("{place}:")) && line.contains(&format!("[{rule}]")));
        assert!(hit, "{folder}: no {rule} at {place} in\n{found}");
    }
}

#[test]
fn before_is_found() {
    expect(
        "finops-app/before",
        &[
            ("main.tf:10", "s3-bucket-key-enabled"),
            ("main.tf:3", "s3-bucket-https-only"),
            ("main.tf:29", "cloudfront-viewer-https"),
            ("main.tf:34", "cloudfront-min-tls"),
            ("main.tf:48", "apigateway-domain-tls12"),
            ("main.tf:61", "lambda-env-no-secrets"),
            ("main.tf:66", "dynamodb-pitr"),
        ],
    );
    expect(
        "travel-guide/before",
        &[
            ("template.yaml:16", "dynamodb-pitr"),
            ("template.yaml:37", "s3-bucket-key-no-effect"),
            ("template.yaml:51", "iam-kms-decrypt-all-keys"),
        ],
    );
    expect(
        "cost-module/before",
        &[
            ("module/main.tf:22", "s3-bucket-key-enabled"),
            ("module/main.tf:45", "s3-bucket-policy-delivery-source"),
            ("module/main.tf:52", "sns-sse"),
        ],
    );
    expect(
        "building-platform/before",
        &[
            ("main.tf:6", "kms-key-deletion-window"),
            ("main.tf:36", "dynamodb-pitr"),
            ("main.tf:47", "cloudtrail-multi-region"),
            ("main.tf:48", "cloudtrail-log-validation"),
        ],
    );
    expect("single-key/before", &[("key-policy.json:22", "kms-key-policy-confused-deputy")]);
}

#[test]
fn after_is_quiet() {
    for system in ["finops-app", "travel-guide", "cost-module", "building-platform"] {
        assert_eq!(check(&format!("{system}/after")), "", "{system}");
    }
}
