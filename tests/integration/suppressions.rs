//! Suppressions in every format, through the program: each form that counts, and each that does not.

use crate::support::{code, folder, json, sealint, stderr, stdout};

/// The rule of all cases; `@` stands for it.
const RULE: &str = "kms-key-rotation";

/// The first argument is what to suppress with, `$` in the text stands for it.
fn files(text: &str, directive: &str) -> Vec<(String, String)> {
    let text = text.replace('$', directive).replace('@', RULE);
    let parts = text.split("=== ").skip(1);
    parts.map(|part| part.split_once('\n').map(|(path, text)| (path.to_owned(), text.to_owned())).unwrap()).collect()
}

/// Whether the one finding is suppressed, and what stderr says.
fn suppressed(text: &str, directive: &str, args: &[&str]) -> (bool, String) {
    let files = files(text, directive);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let folder = folder(&files);
    let args = [&["check", "--select", RULE, "--show-suppressed", "--format", "json"], args].concat();
    let output = sealint(folder.path(), &args);
    let report = json(&output);
    let results = report["results"].as_array().unwrap();
    assert_eq!(results.len(), 1, "{text}\n{}", stderr(&output));
    let is_suppressed = results[0].get("suppressed").is_some();
    assert_eq!(code(&output), i32::from(!is_suppressed), "{text}\n{}", stderr(&output));
    (is_suppressed, stderr(&output))
}

/// Every place at which a comment counts, in every format; `$` is the comment's text without its mark.
const PLACES: [(&str, &str); 30] = [
    (
        "hcl: #, after the attribute",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false # $\n}\n",
    ),
    (
        "hcl: //, after the attribute",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false // $\n}\n",
    ),
    (
        "hcl: /* */, after the attribute",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false /* $ */\n}\n",
    ),
    (
        "hcl: #, above the attribute",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  tags = {}\n  # $\n  enable_key_rotation = false\n}\n",
    ),
    (
        "hcl: /* */ over lines",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  tags = {}\n  /*\n   * $\n   */\n  enable_key_rotation = false\n}\n",
    ),
    ("hcl: above the block", "=== main.tf\n# $\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n"),
    (
        "hcl: on the block's line",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" { # $\n  enable_key_rotation = false\n}\n",
    ),
    (
        "hcl: first in the block",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  // $\n  tags = {}\n  enable_key_rotation = false\n}\n",
    ),
    ("hcl: absent attribute, on the block's line", "=== main.tf\nresource \"aws_kms_key\" \"k\" { # $\n}\n"),
    (
        "hcl: at the variable's default",
        "=== main.tf\nvariable \"r\" {\n  default = false # $\n}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.r\n}\n",
    ),
    (
        "hcl: at the local",
        "=== main.tf\nlocals {\n  r = false # $\n}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = local.r\n}\n",
    ),
    (
        "hcl: at the module's argument",
        "=== main.tf\nmodule \"m\" {\n  source = \"./m\"\n  r = false # $\n}\n=== m/main.tf\nvariable \"r\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.r\n}\n",
    ),
    (
        "hcl: above the module call",
        "=== main.tf\n# $\nmodule \"m\" {\n  source = \"./m\"\n}\n=== m/main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n",
    ),
    (
        "hcl: on the module call's line",
        "=== main.tf\nmodule \"m\" { // $\n  source = \"./m\"\n}\n=== m/main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n",
    ),
    (
        "hcl: absent attribute, at another one",
        "=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  description = \"d\" # $\n}\n",
    ),
    (
        "hcl: among the arguments of the module call",
        "=== main.tf\nmodule \"m\" {\n  source = \"./m\" # $\n}\n=== m/main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n",
    ),
    (
        "hcl: in a variable file",
        "=== main.tf\nvariable \"r\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.r\n}\n=== terraform.tfvars\nr = false # $\n",
    ),
    (
        "tf.json: in the resource",
        "=== main.tf.json\n{\"resource\": {\"aws_kms_key\": {\"k\": {\"//\": \"$\", \"enable_key_rotation\": false}}}}\n",
    ),
    (
        "tf.json: in a list of comments",
        "=== main.tf.json\n{\"resource\": {\"aws_kms_key\": {\"k\": {\"//\": [\"$\"], \"enable_key_rotation\": false}}}}\n",
    ),
    (
        "tf.json: in a list of comments over lines",
        "=== main.tf.json\n{\"resource\": {\"aws_kms_key\": {\"k\": {\n\"//\": [\n  \"a note\",\n  \"$\"\n]}}}}\n",
    ),
    (
        "tf.json: in the module call",
        "=== main.tf.json\n{\"module\": {\"m\": {\"//\": \"$\", \"source\": \"./m\"}}}\n=== m/main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n",
    ),
    (
        "yaml: after the property",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false # $\n",
    ),
    (
        "yaml: above the property",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      Description: d\n      # $\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: on the block around",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: # $\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: on the resource",
        "=== t.yaml\nResources:\n  Key: # $\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: above the resource",
        "=== t.yaml\nResources:\n  # $\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: absent property, at the type",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key # $\n    Properties:\n      Description: d\n",
    ),
    (
        "yaml: at the parameter's default",
        "=== t.yaml\nParameters:\n  R:\n    Type: String\n    Default: false # $\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: !Ref R\n",
    ),
    (
        "yaml: in a flow mapping",
        "=== t.yaml\nResources:\n  Key: {Type: \"AWS::KMS::Key\", Properties: {EnableKeyRotation: false}} # $\n",
    ),
    (
        "sam: after the property",
        "=== t.yaml\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false # $\n",
    ),
];

#[test]
fn comments_in_every_place() {
    for (place, text) in PLACES {
        let (counts, said) = suppressed(text, "sealint: ignore[@] why not", &[]);
        assert!(counts && !said.contains("warning["), "{place}: {said}");
        assert!(
            suppressed(text, "sealint: ignore[s3-bucket-versioning, @] until=2999-01-31: why not", &[]).0,
            "{place}"
        );
        assert!(!suppressed(text, "sealint: ignore[@] why not", &["--no-inline-ignores"]).0, "{place}: switched off");
    }
}

#[test]
fn comments_that_do_not_count_in_any_place() {
    for (place, text) in PLACES {
        for (directive, message) in [
            ("sealint: ignore[@]", "gives no reason"),
            ("sealint: ignore[@] until=2020-01-31 soon", "has expired"),
            ("sealint: ignore[@] until=soon why", "is no date"),
            ("sealint: ignore[no-such-rule] why", "there is no rule `no-such-rule`"),
            ("sealint: ignore why", "no suppression that sealint understands"),
        ] {
            let (counts, said) = suppressed(text, directive, &[]);
            assert!(!counts && said.contains(message), "{place}: {directive}: {said}");
        }
        // Another rule's: it runs, and finds nothing here.
        let (counts, said) =
            suppressed(text, "sealint: ignore[kms-key-rotation-period] why", &["--select", "kms-key-rotation-period"]);
        let unused = "no finding of `kms-key-rotation-period` is suppressed here";
        assert!(!counts && said.replace("\n  │ ", " ").contains(unused), "{place}: {said}");
    }
}

/// `$` is an entry of `Metadata`: rule, reason and end.
const METADATA: [(&str, &str); 6] = [
    (
        "yaml: of the resource",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Metadata: {sealint: {ignore: [{$}]}}\n    Properties:\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: of the template",
        "=== t.yaml\nMetadata: {sealint: {ignore: [{$}]}}\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n",
    ),
    (
        "yaml: as a block",
        "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Metadata:\n      sealint:\n        ignore:\n          - {$}\n    Properties:\n      EnableKeyRotation: false\n",
    ),
    (
        "json: of the resource",
        "=== t.json\n{\"Resources\": {\"Key\": {\"Type\": \"AWS::KMS::Key\", \"Metadata\": {\"sealint\": {\"ignore\": [{$}]}}, \"Properties\": {\"EnableKeyRotation\": false}}}}\n",
    ),
    (
        "json: of the template",
        "=== t.json\n{\"Metadata\": {\"sealint\": {\"ignore\": [{$}]}}, \"Resources\": {\"Key\": {\"Type\": \"AWS::KMS::Key\", \"Properties\": {\"EnableKeyRotation\": false}}}}\n",
    ),
    (
        "sam: of the resource",
        "=== t.yaml\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Metadata: {sealint: {ignore: [{$}]}}\n    Properties:\n      EnableKeyRotation: false\n",
    ),
];

#[test]
fn metadata_of_templates() {
    for (place, text) in METADATA {
        let with = |entry: &str, args: &[&str]| suppressed(text, entry, args);
        assert!(with("\"rule\": \"@\", \"reason\": \"why not\"", &[]).0, "{place}");
        assert!(with("\"rules\": [\"@\"], \"reason\": \"why not\", \"until\": \"2999-01-31\"", &[]).0, "{place}");
        assert!(!with("\"rule\": \"@\", \"reason\": \"why not\"", &["--no-inline-ignores"]).0, "{place}");
        for (entry, message) in [
            ("\"rule\": \"@\"", "gives no reason"),
            ("\"rule\": \"@\", \"reason\": \"soon\", \"until\": \"2020-01-31\"", "has expired"),
            ("\"rule\": \"no-such-rule\", \"reason\": \"why\"", "there is no rule `no-such-rule`"),
            ("\"reason\": \"why\"", "names no rule"),
        ] {
            let (counts, said) = with(entry, &[]);
            assert!(!counts && said.contains(message), "{place}: {entry}: {said}");
        }
        let (counts, said) =
            with("\"rule\": \"kms-key-rotation-period\", \"reason\": \"x\"", &["--select", "kms-key-rotation-period"]);
        assert!(!counts && said.contains("no finding of"), "{place}: {said}");
    }
}

const KEY: &str =
    "=== sealint.toml\n$\n=== infra/main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

#[test]
fn entries_of_the_configuration() {
    for entry in [
        "rules = [\"@\"]",
        "paths = [\"infra/\"]",
        "paths = [\"**/main.tf\"]\nrules = [\"@\"]",
        "resources = [\"aws_kms_key.k\"]",
        "resources = [\"aws_kms_key.*\"]\nuntil = \"2999-01-31\"",
    ] {
        let (counts, said) = suppressed(KEY, &format!("[[suppress]]\n{entry}\nreason = \"why not\""), &[]);
        assert!(counts, "{entry}: {said}");
    }
    for (entry, message) in [
        ("rules = [\"kms-key-rotation-period\"]\nreason = \"x\"", "suppresses nothing"),
        ("rules = [\"no-such\"]\nreason = \"x\"", "there is no rule `no-such`"),
        ("paths = [\"other/\"]\nreason = \"x\"", "suppresses nothing"),
        ("resources = [\"aws_kms_key.other\"]\nreason = \"x\"", "suppresses nothing"),
        ("rules = [\"@\"]\nreason = \"x\"\nuntil = \"2020-01-31\"", "has expired"),
        ("rules = [\"@\"]\nreason = \" \"", "gives no reason"),
        ("rules = [\"@\"]", "reason"),
        ("reason = \"x\"", "names neither rules nor paths nor resources"),
    ] {
        let entry = format!("[[suppress]]\n{entry}").replace('@', RULE);
        let folder = folder(&[
            ("sealint.toml", &entry),
            ("main.tf", "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n"),
        ]);
        let output = sealint(folder.path(), &["check", "--select", RULE]);
        assert!(
            stdout(&output).contains("1 finding (") && stderr(&output).contains(message),
            "{entry}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn other_linters_count_only_where_that_is_wanted_and_the_check_is_the_same() {
    let policy = |foreign: &str| format!("=== sealint.toml\n[suppressions]\nforeign = [{foreign}]\n");
    let hcl = |comment: &str, above: &str| {
        format!(
            "=== main.tf\n{above}resource \"aws_kms_key\" \"k\" {{\n  # {comment}\n  enable_key_rotation = false\n}}\n"
        )
    };
    let cfn = "=== t.yaml\nResources:\n  Key:\n    Type: AWS::KMS::Key\n    Metadata: {checkov: {skip: [{id: CKV_AWS_7, comment: why}]}}\n    Properties:\n      EnableKeyRotation: false\n";
    let counts = |files: &str, foreign: &str| suppressed(&(policy(foreign) + files), "", &[]).0;
    let (checkov, trivy) = ("\"checkov\"", "\"trivy\"");
    assert!(counts(&hcl("checkov:skip=CKV_AWS_7:why not", ""), checkov));
    assert!(counts(cfn, checkov));
    assert!(counts(&hcl("trivy:ignore:AWS-0065", ""), trivy));
    assert!(counts(&hcl("", "#trivy:ignore:AVD-AWS-0065:exp:2999-01-31\n"), trivy));
    for (files, foreign) in [
        (hcl("checkov:skip=CKV_AWS_7:why not", ""), ""),
        (hcl("checkov:skip=CKV_AWS_7:why not", ""), trivy),
        (hcl("checkov:skip=CKV_AWS_8:why not", ""), checkov),
        (hcl("trivy:ignore:*", ""), trivy),
        (hcl("trivy:ignore:AWS-0065:exp:2020-01-31", ""), trivy),
        (cfn.to_owned(), ""),
    ] {
        assert!(!counts(&files, foreign), "{foreign}: {files}");
    }
}

#[test]
fn a_reason_can_be_left_out_and_comments_forbidden_by_configuration() {
    let text = "=== sealint.toml\n[suppressions]\n$\n=== main.tf\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false # sealint: ignore[@]\n}\n";
    assert!(suppressed(text, "require-reason = false", &[]).0);
    assert!(!suppressed(text, "require-reason = true", &[]).0);
    assert!(!suppressed(text, "require-reason = false\ninline = false", &[]).0);
}

#[test]
fn suppressed_results_are_counted_and_in_sarif_on_request() {
    let text = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false # sealint: ignore[kms-key-rotation] why not\n}\n";
    let folder = folder(&[("main.tf", text)]);
    let check = |args: &[&str]| sealint(folder.path(), &[&["check", "--select", RULE], args].concat());
    assert!(stdout(&check(&[])).starts_with("no findings, 1 suppressed"));
    let results = |args: &[&str]| json(&check(&[&["--format", "sarif"], args].concat()))["runs"][0]["results"].clone();
    assert_eq!(results(&[]).as_array().unwrap().len(), 0);
    let suppressions = &results(&["--show-suppressed"])[0]["suppressions"];
    assert_eq!(*suppressions, serde_json::json!([{ "kind": "inSource", "justification": "why not" }]));
}

/// What is suppressed and what is not, as `resource` and `suppressed`; and what stderr says.
fn by_resource(files: &[(&str, &str)], rules: &str) -> (Vec<(String, bool)>, String) {
    let folder = folder(files);
    let output = sealint(folder.path(), &["check", "--select", rules, "--show-suppressed", "--format", "json"]);
    let results = json(&output)["results"].as_array().unwrap().clone();
    let each = |result: &serde_json::Value| {
        (result["resource"].as_str().unwrap().to_owned(), result.get("suppressed").is_some())
    };
    (results.iter().map(each).collect(), stderr(&output))
}

#[test]
fn each_way_to_a_resource_is_suppressed_by_itself() {
    const MODULE: &str = "variable \"n\" { default = [\"x\", \"y\"] }\nresource \"aws_kms_key\" \"k\" {\n  for_each = toset(var.n)\n  enable_key_rotation = false\n}\n";
    const COMMENT: &str = "# sealint: ignore[kms-key-rotation] why not";
    let calls = |a: &str, b: &str| {
        format!("module \"a\" {{ {a}\n  source = \"./m\"\n}}\nmodule \"b\" {{ {b}\n  source = \"./m\"\n}}\n")
    };
    let entry = |resources: &str| format!("[[suppress]]\nresources = [\"{resources}\"]\nreason = \"why not\"\n");
    let with = |a: &str, b: &str, config: &str| {
        let (results, said) =
            by_resource(&[("main.tf", &calls(a, b)), ("m/main.tf", MODULE), ("sealint.toml", config)], RULE);
        assert!(!said.contains("warning["), "{a}, {b}, {config}: {said}");
        results
    };
    let both = |a: bool, b: bool| {
        vec![("module.a.aws_kms_key.k[\"x\"]".to_owned(), a), ("module.b.aws_kms_key.k[\"x\"]".to_owned(), b)]
    };
    assert_eq!(with(COMMENT, "", ""), both(true, false));
    assert_eq!(with("", COMMENT, ""), both(false, true));
    // For one reason, it is one suppressed finding.
    assert_eq!(with(COMMENT, COMMENT, ""), both(true, true)[..1]);
    assert_eq!(with(COMMENT, &COMMENT.replace("not", "else"), ""), both(true, true));
    assert_eq!(with("", "", &entry("module.a.*")), both(true, false));
    assert_eq!(with("", "", &entry("module.*")), both(true, true)[..1]);
    // Instances of one call, too: the first of what is left stands for all of it.
    let left = with("", "", &entry("module.a.*[*x*]"));
    let a = |key: &str, suppressed| (format!("module.a.aws_kms_key.k[\"{key}\"]"), suppressed);
    assert_eq!(left, [a("x", true), a("y", false)]);
}

#[test]
fn metadata_of_what_sam_takes_apart() {
    let template = |metadata: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  T:\n    Type: AWS::Serverless::SimpleTable\n{metadata}  \
             F:\n    Type: AWS::Serverless::Function\n{metadata}    Properties:\n      Runtime: python3.12\n      \
             Handler: a.b\n      InlineCode: x\n      Environment: {{Variables: {{A: b}}}}\n"
        )
    };
    let rules = "dynamodb-pitr,lambda-env-cmk";
    let all = |suppressed: bool| vec![("T".to_owned(), suppressed), ("F".to_owned(), suppressed)];
    let metadata = "    Metadata: {sealint: {ignore: [{rules: [dynamodb-pitr, lambda-env-cmk], reason: because}]}}\n";
    assert_eq!(by_resource(&[("t.yaml", &template(""))], rules).0, all(false));
    assert_eq!(by_resource(&[("t.yaml", &template(metadata))], rules).0, all(true));
    let comment = "    # sealint: ignore[dynamodb-pitr, lambda-env-cmk] because\n    DeletionPolicy: Retain\n";
    assert_eq!(by_resource(&[("t.yaml", &template(comment))], rules).0, all(true));
}

#[test]
fn what_a_part_of_the_repository_leaves_out_is_counted() {
    let config = "[[per-path]]\npaths = [\"examples/\"]\nignore = [\"kms-key-rotation\"]\n";
    let key = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
    let folder = folder(&[("sealint.toml", config), ("examples/main.tf", key)]);
    let output = sealint(folder.path(), &["check", "--select", RULE]);
    assert!(stdout(&output).starts_with("no findings, 1 suppressed"), "{}", stdout(&output));
    let shown = sealint(folder.path(), &["check", "--select", RULE, "--show-suppressed", "--format", "concise"]);
    assert!(stdout(&shown).ends_with("does not rotate [suppressed (configuration)]\n"), "{}", stdout(&shown));
}
