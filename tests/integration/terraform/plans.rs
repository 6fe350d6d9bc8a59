//! Plans: what they say counts, and findings stand where the configuration says it.

use serde_json::{Value, json};

use super::{folder, line, report, said, sealint};

const ROTATION: &str = "kms-key-rotation";

const MAIN: &str = "variable \"rotate\" {
  type = map(bool)
}
resource \"aws_kms_key\" \"k\" {
  for_each            = var.rotate
  enable_key_rotation = each.value
}
module \"store\" {
  source = \"./store\"
  count  = 1
}
";

const STORE: &str = "resource \"aws_s3_bucket\" \"b\" {
  bucket = \"ledger\"
}
resource \"aws_s3_bucket_server_side_encryption_configuration\" \"b\" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = \"AES256\"
    }
  }
}
";

/// A plan of [`MAIN`], of which one key rotates and one does not.
fn plan() -> String {
    let key = |name: &str, rotates: bool| {
        json!({
            "address": format!("aws_kms_key.k[\"{name}\"]"), "mode": "managed", "type": "aws_kms_key", "name": "k",
            "index": name, "values": {"enable_key_rotation": rotates, "description": null}, "sensitive_values": {}
        })
    };
    let in_store = |ty: &str, values: Value| json!({"address": format!("module.store[0].{ty}.b"), "mode": "managed", "type": ty, "name": "b", "values": values});
    let algorithm = json!([{"sse_algorithm": "AES256", "kms_master_key_id": null}]);
    let encryption = json!({"rule": [{"apply_server_side_encryption_by_default": algorithm}]});
    let companion = "aws_s3_bucket_server_side_encryption_configuration";
    let document = json!({
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {
            "resources": [key("off", false), key("on", true)],
            "child_modules": [{
                "address": "module.store[0]",
                "resources": [in_store("aws_s3_bucket", json!({"bucket": "ledger"})), in_store(companion, encryption)]
            }]
        }},
        "resource_changes": [
            {"address": format!("module.store[0].{companion}.b"),
             "change": {"actions": ["create"], "after_unknown": {"bucket": true, "id": true}}},
        ],
        "configuration": {"root_module": {"module_calls": {"store": {"module": {"resources": [
            {"address": format!("{companion}.b"),
             "expressions": {"bucket": {"references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"]}}}
        ]}}}}}
    });
    serde_json::to_string_pretty(&document).unwrap()
}

#[test]
fn findings_stand_in_the_configuration_beside_the_plan() {
    let folder = folder(&[("plan.json", &plan()), ("main.tf", MAIN), ("store/main.tf", STORE)]);
    let expected = "fail aws_kms_key.k[\"off\"] main.tf:6 enable_key_rotation = each.value";
    assert_eq!(said(folder.path(), &report(folder.path(), ROTATION, &[])), [expected]);
    // Naming the plan alone says the same.
    assert_eq!(said(folder.path(), &report(folder.path(), ROTATION, &["plan.json"])), [expected]);

    let report = report(folder.path(), "s3-bucket-sse-kms", &["plan.json"]);
    let expected = "fail module.store[0].aws_s3_bucket.b store/main.tf:8 sse_algorithm = \"AES256\"";
    assert_eq!(said(folder.path(), &report), [expected]);
    let call = &report["results"][0]["calls"][0][0];
    assert_eq!((&call["name"], &call["region"]["start_line"]), (&"module.store[0]".into(), &8.into()));
}

#[test]
fn findings_stand_in_the_configuration_that_is_named() {
    let folder = folder(&[("plans/plan.json", &plan()), ("infra/main.tf", MAIN), ("infra/store/main.tf", STORE)]);
    let run = |arguments: &[&str]| said(folder.path(), &report(folder.path(), ROTATION, arguments));
    let mapped = "fail aws_kms_key.k[\"off\"] infra/main.tf:6 enable_key_rotation = each.value";
    assert_eq!(run(&["plans", "--config-dir", "infra"]), [mapped]);
    assert_eq!(run(&["plans/plan.json", "--config-dir", "./infra"]), [mapped]);
    // Of what is scanned as well, the plan takes the place.
    assert_eq!(run(&["--config-dir", "infra"]), [mapped]);
    let [alone] = &run(&["plans"])[..] else { panic!() };
    assert!(
        alone.starts_with("fail aws_kms_key.k[\"off\"] plans/plan.json:")
            && alone.ends_with("\"enable_key_rotation\": false")
    );
    let wrong = sealint(folder.path(), &["check", "plans", "--config-dir", "gone"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_configuration_that_does_not_parse_costs_only_its_places() {
    let folder = folder(&[("plans/plan.json", &plan()), ("infra/main.tf", &format!("{MAIN}resource \"x\" {{\n"))]);
    let report = report(folder.path(), ROTATION, &["plans", "--config-dir", "infra"]);
    let [result] = report["results"].as_array().unwrap().as_slice() else { panic!() };
    assert!(line(folder.path(), result).starts_with("fail aws_kms_key.k[\"off\"] "));
    assert!(report["diagnostics"].as_array().unwrap().iter().all(|diagnostic| diagnostic["severity"] == "warning"));
}

#[test]
fn a_plan_that_leaves_out_declared_resources_does_not_hide_them() {
    let more = format!("{MAIN}resource \"aws_kms_key\" \"other\" {{\n  enable_key_rotation = false\n}}\n");
    let folder = folder(&[("plan.json", &plan()), ("main.tf", &more), ("store/main.tf", STORE)]);
    let found = said(folder.path(), &report(folder.path(), ROTATION, &[]));
    assert!(found.contains(&"fail aws_kms_key.other main.tf:13 enable_key_rotation = false".to_owned()), "{found:?}");
}

/// A plan of one key.
fn key(values: &Value, unknown: &Value, sensitive: &Value) -> String {
    let key = json!({"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k",
        "values": values, "sensitive_values": sensitive});
    let change = json!({"address": "aws_kms_key.k", "change": {"actions": ["create"], "after_unknown": unknown}});
    json!({"format_version": "1.2", "planned_values": {"root_module": {"resources": [key]}}, "resource_changes": [change]})
        .to_string()
}

fn verdicts(rule: &str, plan: &str) -> Vec<String> {
    let folder = folder(&[("plan.json", plan)]);
    let report = report(folder.path(), rule, &[]);
    report["results"].as_array().unwrap().iter().map(|result| result["verdict"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_known_after_deployment_is_open() {
    let none = json!({});
    assert_eq!(verdicts(ROTATION, &key(&json!({"enable_key_rotation": true}), &none, &none)), [""; 0]);
    assert_eq!(verdicts(ROTATION, &key(&json!({"enable_key_rotation": false}), &none, &none)), ["fail"]);
    assert_eq!(verdicts(ROTATION, &key(&none, &json!({"enable_key_rotation": true}), &none)), ["open"]);
    assert_eq!(verdicts(ROTATION, &key(&json!({"enable_key_rotation": null}), &none, &none)), ["fail"]);
}

#[test]
fn what_is_sensitive_is_judged_and_not_printed() {
    let none = json!({});
    let plan =
        key(&json!({"enable_key_rotation": false, "description": "hush-hush"}), &none, &json!({"description": true}));
    assert_eq!(verdicts(ROTATION, &plan), ["fail"]);
    let folder = folder(&[("plan.json", &plan)]);
    let output = sealint(folder.path(), &["inspect", "--format", "views"]);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("hush-hush"));
}

#[test]
fn a_policy_computed_from_unknown_parts_stands_where_it_is_computed() {
    let main = "variable \"who\" {}
resource \"aws_kms_key\" \"k\" {
  policy = jsonencode({
    Version   = \"2012-10-17\"
    Statement = [{ Effect = \"Allow\", Principal = { AWS = var.who }, Action = \"kms:*\", Resource = \"*\" }]
  })
}
";
    let policy = |who: &str| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": who}, "Action": "kms:*", "Resource": "*"}]})
        .to_string()
    };
    let run = |who: &str| {
        let plan = key(&json!({"policy": policy(who)}), &json!({}), &json!({}));
        let folder = folder(&[("plan.json", &plan), ("main.tf", main)]);
        let results = report(folder.path(), "kms-key-policy-public", &[])["results"].as_array().unwrap().clone();
        let place = |result: &Value| format!("{}:{}", result["file"].as_str().unwrap(), result["region"]["start_line"]);
        results.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(run("*"), ["main.tf:3"]);
    assert_eq!(run("arn:aws:iam::111122223333:role/keys"), [""; 0]);
}
