//! Policy files through the program: what they are, in which form they come, and on which line the findings stand.

use serde_json::{Value as Json, json};

use crate::support::{code, folder, sealint, stdout};

/// The key policy of a system with one key for all: the account, two users who keep it, two roles, four services.
fn one_key() -> Json {
    let user = |name: &str| format!("arn:aws:iam::111122223333:user/{name}");
    let roles = ["arn:aws:iam::111122223333:role/tasks", "arn:aws:iam::111122223333:role/functions"];
    let uses = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Account",
                "Effect": "Allow",
                "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
                "Action": "kms:*",
                "Resource": "*"
            },
            {
                "Sid": "Keepers",
                "Effect": "Allow",
                "Principal": { "AWS": [user("deployer"), user("archivist")] },
                "Action": [
                    "kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
                    "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource",
                    "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion", "kms:RotateKeyOnDemand"
                ],
                "Resource": "*"
            },
            { "Sid": "Use", "Effect": "Allow", "Principal": { "AWS": roles }, "Action": uses, "Resource": "*" },
            {
                "Sid": "Attach",
                "Effect": "Allow",
                "Principal": { "AWS": roles },
                "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
                "Resource": "*",
                "Condition": { "Bool": { "kms:GrantIsForAWSResource": "true" } }
            },
            {
                "Sid": "Services",
                "Effect": "Allow",
                "Principal": {
                    "Service": [
                        "secretsmanager.amazonaws.com", "s3.amazonaws.com", "lambda.amazonaws.com", "dynamodb.amazonaws.com"
                    ]
                },
                "Action": uses,
                "Resource": "*"
            }
        ]
    })
}

/// A JSON value as block YAML.
fn yaml(value: &Json, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Json::Object(map) => {
            for (key, inner) in map {
                out.push_str(&format!("\n{pad}{key:?}:"));
                yaml(inner, indent + 2, out);
            }
        }
        Json::Array(items) => {
            for item in items {
                out.push_str(&format!("\n{pad}-"));
                yaml(item, indent + 2, out);
            }
        }
        scalar => out.push_str(&format!(" {scalar}")),
    }
}

/// The same as a data source `aws_iam_policy_document`.
fn policy_document(policy: &Json) -> String {
    let list = |value: &Json| match value {
        Json::Array(_) => value.to_string(),
        one => format!("[{one}]"),
    };
    let mut text = "data \"aws_iam_policy_document\" \"key\" {\n".to_owned();
    for statement in policy["Statement"].as_array().unwrap() {
        let (kind, identifiers) = statement["Principal"].as_object().unwrap().iter().next().unwrap();
        text.push_str(&format!(
            "  statement {{\n    sid = {}\n    principals {{\n      type = {kind:?}\n      identifiers = {}\n    }}\n    \
             actions = {}\n    resources = [\"*\"]\n",
            statement["Sid"],
            list(identifiers),
            list(&statement["Action"])
        ));
        for (operator, keys) in statement.get("Condition").and_then(Json::as_object).into_iter().flatten() {
            for (key, value) in keys.as_object().unwrap() {
                let values = list(value);
                text.push_str(&format!(
                    "    condition {{\n      test = {operator:?}\n      variable = {key:?}\n      values = {values}\n    }}\n"
                ));
            }
        }
        text.push_str("  }\n");
    }
    text + "}\n\nresource \"aws_kms_key\" \"key\" {\n  policy = data.aws_iam_policy_document.key.json\n}\n"
}

/// The forms in which the same policy comes: file name and text.
fn forms(policy: &Json) -> Vec<(&'static str, String)> {
    let pretty = serde_json::to_string_pretty(policy).unwrap();
    let key = |policy: &str| format!("resource \"aws_kms_key\" \"key\" {{\n  policy = {policy}\n}}\n");
    let mut block = String::new();
    yaml(policy, 8, &mut block);
    let template =
        json!({ "Resources": { "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": policy } } } });
    let plan = json!({
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": { "root_module": { "resources": [{
            "address": "aws_kms_key.key", "mode": "managed", "type": "aws_kms_key", "name": "key",
            "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0,
            "values": { "policy": policy.to_string() }
        }] } },
        "resource_changes": []
    });
    vec![
        ("key-policy.json", pretty.clone()),
        ("jsonencode.tf", key(&format!("jsonencode({pretty})"))),
        ("heredoc.tf", key(&format!("<<POLICY\n{pretty}\nPOLICY"))),
        ("document.tf", policy_document(policy)),
        (
            "key.yaml",
            format!("Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy:{block}\n"),
        ),
        ("key.json", serde_json::to_string_pretty(&template).unwrap()),
        ("plan.json", serde_json::to_string_pretty(&plan).unwrap()),
    ]
}

/// What the rules on key policies say of a file: rule, severity, message and line.
fn findings(name: &str, text: &str) -> Vec<(String, String, String, usize)> {
    let folder = folder(&[(name, text)]);
    let args = ["check", name, "--select", "ALL", "--exit-zero", "--format", "json", "--no-config"];
    let report = crate::support::json(&sealint(folder.path(), &args));
    let results = report["results"].as_array().unwrap().iter();
    let about_policy = results.filter(|result| result["rule"].as_str().unwrap().starts_with("kms-key-policy"));
    let word = |result: &Json, key: &str| result[key].as_str().unwrap().to_owned();
    let mut found: Vec<_> = about_policy
        .map(|result| {
            let line = usize::try_from(result["region"]["start_line"].as_u64().unwrap()).unwrap();
            (word(result, "rule"), word(result, "severity"), word(result, "message"), line)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn one_policy_has_the_same_findings_in_every_form() {
    let policy = one_key();
    let mut expected = None;
    for (name, text) in forms(&policy) {
        let found = findings(name, &text);
        let words: Vec<_> = found.iter().map(|(rule, severity, message, _)| (rule, severity, message)).collect();
        let words = format!("{words:#?}");
        assert_eq!(expected.get_or_insert_with(|| words.clone()), &words, "{name}");
        // Each stands in its statement: between the Sids before and after its own.
        let lines: Vec<&str> = text.lines().collect();
        let sids = ["Account", "Keepers", "Use", "Attach", "Services"];
        let at = |sid: &str| lines.iter().position(|line| line.contains(&format!("\"{sid}\""))).map(|line| line + 1);
        for (rule, _, message, line) in &found {
            let Some(number) = sids.iter().position(|sid| message.contains(&format!("\"{sid}\""))) else { continue };
            let start = number.checked_sub(1).and_then(|before| at(sids[before])).unwrap_or(0);
            let end = sids.get(number + 1).and_then(|next| at(next)).unwrap_or(lines.len());
            let inside = (start..=end).contains(line);
            assert!(inside || name == "plan.json", "{name}: {rule} at {line}, not in {start} to {end}: {message}");
            if name == "plan.json" {
                assert!(lines[line - 1].contains("\"policy\""), "{line}");
            }
        }
    }
}

#[test]
fn one_key_for_all_is_reported_for_its_services_alone() {
    let (name, text) = forms(&one_key()).swap_remove(0);
    let found = findings(name, &text);
    let grave: Vec<_> = found.iter().filter(|(_, severity, ..)| severity != "low" && severity != "info").collect();
    let [(rule, severity, message, line)] = grave.as_slice() else { panic!("{found:#?}") };
    assert_eq!((rule.as_str(), severity.as_str()), ("kms-key-policy-confused-deputy", "high"));
    assert!(message.contains("\"Services\"") && message.contains("aws:SourceAccount"), "{message}");
    assert!(text.lines().nth(line - 1).unwrap().contains("\"Principal\""), "{line}");
    assert!(text.lines().nth(*line).unwrap().contains("\"Service\""), "{line}");
    assert!(!found.iter().any(|(.., message, _)| message.contains("\"Account\"")), "{found:#?}");
}

/// The rules that fail for a file, each once.
fn rules(name: &str, text: &str, more: &[&str]) -> Vec<String> {
    let folder = folder(&[(name, text)]);
    let args = ["check", name, "--select", "ALL", "--exit-zero", "--format", "json", "--no-config"];
    let output = sealint(folder.path(), &[&args, more].concat());
    let report = crate::support::json(&output);
    let results = report["results"].as_array().unwrap().iter();
    let mut found: Vec<String> = results.map(|result| result["rule"].as_str().unwrap().to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

const PUBLIC: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": ACTION, "Resource": "*"}]}"#;

#[test]
fn the_kind_is_inferred_or_forced() {
    let of = |action: &str, name: &str, more: &[&str]| rules(name, &PUBLIC.replace("ACTION", action), more);
    let has = |found: &[String], rule: &str| found.iter().any(|found| found == rule);
    assert!(has(&of("\"kms:Decrypt\"", "p.json", &[]), "kms-key-policy-public"));
    assert!(has(&of("\"s3:GetObject\"", "p.json", &[]), "s3-bucket-policy-public"));
    assert!(has(&of("\"sqs:SendMessage\"", "p.json", &[]), "sqs-policy-public"));
    assert!(has(&of("\"sns:Publish\"", "p.json", &[]), "sns-policy-public"));
    assert!(has(&of("\"secretsmanager:GetSecretValue\"", "p.json", &[]), "secretsmanager-policy-not-public"));
    assert!(has(&of("\"sts:AssumeRole\"", "p.json", &[]), "iam-role-trust"));
    // Nothing inside says what this is about; the name of the file or the command line does.
    assert!(of("\"*\"", "p.json", &[]).is_empty());
    assert!(has(&of("\"*\"", "ledger-key-policy.json", &[]), "kms-key-policy-public"));
    assert!(has(&of("\"*\"", "p.json", &["--policy-kind", "key"]), "kms-key-policy-public"));
    assert!(has(&of("\"*\"", "p.json", &["--policy-kind", "bucket"]), "s3-bucket-policy-public"));
    let folder = folder(&[("p.json", PUBLIC)]);
    let output = sealint(folder.path(), &["check", "p.json", "--policy-kind", "grant"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn lists_and_what_the_aws_command_prints() {
    let open = PUBLIC.replace("ACTION", "\"kms:Decrypt\"");
    let text = serde_json::to_string(&open).unwrap();
    let reads_all =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}"#;
    for (printed, wanted) in [
        (format!("[{open}, {reads_all}]"), &["kms-key-policy-public", "iam-kms-decrypt-all-keys"][..]),
        (format!("{{\"Policy\": {text}, \"PolicyName\": \"default\"}}"), &["kms-key-policy-public"]),
        (
            format!("{{\"RoleName\": \"app\", \"PolicyName\": \"p\", \"PolicyDocument\": {reads_all}}}"),
            &["iam-kms-decrypt-all-keys"],
        ),
        (
            format!("{{\"PolicyVersion\": {{\"Document\": {reads_all}, \"VersionId\": \"v1\"}}}}"),
            &["iam-kms-decrypt-all-keys"],
        ),
        (
            format!(
                "{{\"RoleDetailList\": [{{\"AssumeRolePolicyDocument\": {}, \"RolePolicyList\": [{{\"PolicyName\": \"p\", \
                 \"PolicyDocument\": {reads_all}}}]}}]}}",
                PUBLIC.replace("ACTION", "\"sts:AssumeRole\"")
            ),
            &["iam-role-trust", "iam-kms-decrypt-all-keys"],
        ),
    ] {
        let found = rules("printed.json", &printed, &[]);
        for rule in wanted {
            assert!(found.iter().any(|found| found == rule), "no {rule} in {found:?} for {printed}");
        }
    }
}

#[test]
fn text_in_text_is_read_where_it_is_written() {
    let folder = folder(&[(
        "printed.json",
        "{\n  \"Policy\": \"{\\n  \\\"Version\\\": \\\"2012-10-17\\\", \\\"Statement\\\": [{\\\"Effect\\\": \\\"Allow\\\", \
         \\\"Principal\\\": \\\"*\\\", \\\"Action\\\": \\\"kms:Decrypt\\\", \\\"Resource\\\": \\\"*\\\"}]}\"\n}\n",
    )]);
    let args = ["check", "printed.json", "--select", "kms-key-policy-public", "--exit-zero", "--format", "json"];
    let output = sealint(folder.path(), &args);
    let report = crate::support::json(&output);
    let region = &report["results"][0]["region"];
    assert_eq!(region["start_line"], 2, "{}", stdout(&output));
    assert_eq!(region["end_line"], 2);
    assert!(region["start_column"].as_u64().unwrap() > 80, "{region}");
}

#[test]
fn hostile_policies_end() {
    let stars = "*a".repeat(10_000);
    let keys: Vec<String> = (0..20_000).map(|i| format!("\"aws:PrincipalTag/{i}\": \"*a*b*{i}*\"")).collect();
    let statement = |action: &str, condition: &str| {
        format!("{{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": {action}, \"Resource\": \"*\"{condition}}}")
    };
    let policy = |statement: &str| format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statement}]}}");
    let mut boxed = policy(&statement("\"kms:*\"", ""));
    for _ in 0..8 {
        boxed = format!("{{\"Policy\": {}}}", serde_json::to_string(&boxed).unwrap());
    }
    let many: Vec<String> = (0..3_000).map(|i| statement(&format!("\"kms:*{i}*a*\""), "")).collect();
    for (name, text) in [
        ("stars", policy(&statement(&format!("\"kms:{stars}\""), ""))),
        (
            "conditions",
            policy(&statement("\"kms:*\"", &format!(", \"Condition\": {{\"StringLike\": {{{}}}}}", keys.join(", ")))),
        ),
        ("lists", policy(&statement(&format!("{}\"kms:*\"{}", "[".repeat(400), "]".repeat(400)), ""))),
        ("boxed", boxed),
        ("many", policy(&many.join(", "))),
    ] {
        let folder = folder(&[("key-policy.json", &text)]);
        let output = sealint(folder.path(), &["check", "key-policy.json", "--select", "ALL", "--format", "json"]);
        assert!(matches!(code(&output), 0..=2), "{name}");
        assert!(serde_json::from_slice::<Json>(&output.stdout).is_ok(), "{name}");
    }
}

#[test]
fn advice_fits_the_statement() {
    let said = |statement: Json, kind: &str, rule: &str| {
        let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
        let folder = folder(&[("policy.json", &policy.to_string())]);
        let args = ["check", "policy.json", "--policy-kind", kind, "--select", rule, "--format", "concise"];
        stdout(&sealint(folder.path(), &args))
    };
    let upload = |condition: Json| {
        json!({
            "Sid": "Header", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::ledger/*", "Condition": condition
        })
    };
    // A Deny of what has no header denies nothing else: a second condition cannot save it.
    let absent = upload(json!({ "Null": { "s3:x-amz-server-side-encryption": "true" } }));
    assert!(said(absent, "bucket", "s3-policy-deny-breaks-default").contains("; remove the statement"));
    let other = upload(json!({ "StringNotEquals": { "s3:x-amz-server-side-encryption": "aws:kms" } }));
    assert!(said(other, "bucket", "s3-policy-deny-breaks-default").contains("; add Null false for the header"));

    let decrypt = |key: &str, value: &str| {
        json!({
            "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": { "StringEquals": { key: value } }
        })
    };
    let by_alias = said(decrypt("kms:ResourceAliases", "alias/app"), "identity", "iam-kms-decrypt-all-keys");
    assert!(by_alias.contains("on all keys; name the keys\n"), "{by_alias}");
    let by_service = decrypt("kms:ViaService", "s3.us-east-1.amazonaws.com");
    assert!(said(by_service, "identity", "iam-kms-decrypt-all-keys").contains("kms:ResourceAliases"));

    let plain = json!({
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    });
    assert!(said(plain, "bucket", "s3-bucket-https-only").contains("it names no resource"));

    let services = |names: &[&str]| {
        let statement = json!({
            "Effect": "Allow", "Principal": { "Service": names }, "Action": "kms:Decrypt", "Resource": "*"
        });
        said(statement, "key", "kms-key-policy-confused-deputy")
    };
    assert!(services(&["lambda.amazonaws.com"]).contains("lambda.amazonaws.com, which works with its caller's"));
    let two = services(&["lambda.amazonaws.com", "dynamodb.amazonaws.com"]);
    assert!(two.contains("which work with their callers'"), "{two}");
}

/// What a graver finding on a statement implies is not told twice; a rule that is selected alone speaks.
#[test]
fn a_statement_that_allows_everything_is_told_once() {
    let all = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}"#;
    assert_eq!(rules("all.json", all, &[]), ["iam-kms-admin-star"]);
    for alone in ["iam-kms-decrypt-all-keys", "iam-kms-privilege-escalation", "iam-kms-destructive"] {
        let folder = folder(&[("all.json", all)]);
        let args = ["check", "all.json", "--select", alone, "--exit-zero", "--format", "json", "--no-config"];
        let report = crate::support::json(&sealint(folder.path(), &args));
        assert_eq!(report["results"][0]["rule"], alone);
    }
    // Two statements, in two files too, are two things to read.
    let one = r#"{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}"#;
    let both = all.replace("\"Statement\": [", &format!("\"Statement\": [{one}, "));
    assert_eq!(
        rules("both.json", &both, &[]),
        ["iam-kms-admin-star", "iam-kms-decrypt-all-keys", "iam-kms-via-service"]
    );
    let key = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Use", "Effect": "Allow", "Resource": "*",
        "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "kms:Decrypt"}]}"#;
    assert_eq!(rules("key.json", key, &[]), ["kms-key-policy-lockout"]);
}
