//! What nobody has given yet: verdicts range over what it can be.

use super::check_text;

const ROTATION: &str = "kms-key-rotation";

fn key(arguments: &str) -> String {
    format!("resource \"aws_kms_key\" \"k\" {{\n  {arguments}\n}}\n")
}

#[test]
fn both_branches_of_a_condition() {
    let bucket = |then: &str, otherwise: &str| {
        format!(
            "variable \"stage\" {{}}
resource \"aws_s3_bucket\" \"b\" {{
  bucket = \"b\"
}}
resource \"aws_s3_bucket_server_side_encryption_configuration\" \"b\" {{
  bucket = aws_s3_bucket.b.id
  rule {{
    apply_server_side_encryption_by_default {{
      sse_algorithm     = var.stage == \"live\" ? {then} : {otherwise}
      kms_master_key_id = \"alias/b\"
    }}
  }}
}}
"
        )
    };
    let rule = "s3-bucket-sse-kms";
    assert_eq!(check_text(rule, &bucket("\"aws:kms\"", "\"aws:kms:dsse\"")), [""; 0]);
    let open = check_text(rule, &bucket("\"aws:kms\"", "\"AES256\""));
    let setting = "main.tf:9 sse_algorithm     = var.stage == \"live\" ? \"aws:kms\" : \"AES256\"";
    assert_eq!(open, [format!("open aws_s3_bucket.b {setting}, fails when var.stage is not \"live\"")]);
    let failed = check_text(rule, &bucket("\"AES256\"", "null"));
    assert_eq!(
        failed,
        ["fail aws_s3_bucket.b main.tf:9 sse_algorithm     = var.stage == \"live\" ? \"AES256\" : null"]
    );
}

#[test]
fn one_condition_is_one_in_all_its_places() {
    let text = |first: &str| {
        format!(
            "variable \"seal\" {{
  type = bool
}}
resource \"aws_dynamodb_table\" \"t\" {{
  server_side_encryption {{
    enabled     = var.seal ? true : false
    kms_key_arn = {first} ? \"alias/aws/dynamodb\" : \"alias/t\"
  }}
}}
"
        )
    };
    assert!(!check_text("dynamodb-cmk", &text("var.seal")).is_empty());
}

#[test]
fn a_variable_without_default() {
    let variable =
        |ty: &str| format!("variable \"rotate\" {{\n  type = {ty}\n}}\n{}", key("enable_key_rotation = var.rotate"));
    let open = check_text(ROTATION, &variable("bool"));
    assert_eq!(open, ["open aws_kms_key.k main.tf:5 enable_key_rotation = var.rotate, fails when var.rotate is false"]);
    let given = variable("bool").replace("type = bool", "type = bool\n  default = true");
    assert_eq!(check_text(ROTATION, &given), [""; 0]);
    let negated = variable("bool").replace("= var.rotate", "= !var.rotate");
    assert_eq!(
        check_text(ROTATION, &negated),
        ["open aws_kms_key.k main.tf:5 enable_key_rotation = !var.rotate, fails when var.rotate is true"]
    );
    let either = variable("bool").replace("= var.rotate", "= var.rotate || true");
    assert_eq!(check_text(ROTATION, &either), [""; 0]);
    let never = variable("bool").replace("= var.rotate", "= var.rotate && false");
    assert_eq!(
        check_text(ROTATION, &never),
        ["fail aws_kms_key.k main.tf:5 enable_key_rotation = var.rotate && false"]
    );
}

#[test]
fn a_resource_that_exists_sometimes() {
    let text = |arguments: &str| format!("variable \"on\" {{\n  type = bool\n}}\n{}", key(arguments));
    let count = "count               = var.on ? 1 : 0\n  ";
    assert_eq!(check_text(ROTATION, &text(&format!("{count}enable_key_rotation = true"))), [""; 0]);
    let failed = check_text(ROTATION, &text(&format!("{count}enable_key_rotation = false")));
    assert_eq!(failed, ["fail aws_kms_key.k[0] main.tf:6 enable_key_rotation = false, fails when var.on is true"]);
    // It rotates wherever it exists.
    assert_eq!(check_text(ROTATION, &text(&format!("{count}enable_key_rotation = var.on"))), [""; 0]);
    let failed = check_text(ROTATION, &text(&format!("{count}enable_key_rotation = !var.on")));
    assert_eq!(failed, ["fail aws_kms_key.k[0] main.tf:6 enable_key_rotation = !var.on, fails when var.on is true"]);
    let each = "for_each            = var.on ? toset([\"a\"]) : []\n  enable_key_rotation = false";
    let failed = check_text(ROTATION, &text(each));
    assert_eq!(failed, ["fail aws_kms_key.k[\"a\"] main.tf:6 enable_key_rotation = false, fails when var.on is true"]);
    assert_eq!(check_text(ROTATION, &key("count = 0\n  enable_key_rotation = false")), [""; 0]);
}

#[test]
fn a_companion_that_exists_sometimes() {
    let text = |condition: &str| {
        format!(
            "variable \"seal\" {{
  type = bool
}}
resource \"aws_s3_bucket\" \"b\" {{
  count  = {condition}
  bucket = \"b\"
}}
resource \"aws_s3_bucket_server_side_encryption_configuration\" \"b\" {{
  count  = var.seal ? 1 : 0
  bucket = aws_s3_bucket.b[0].id
  rule {{
    apply_server_side_encryption_by_default {{
      sse_algorithm     = \"aws:kms\"
      kms_master_key_id = \"alias/b\"
    }}
  }}
}}
"
        )
    };
    let header = "main.tf:4 resource \"aws_s3_bucket\" \"b\"";
    let open = check_text("s3-bucket-sse-kms", &text("1"));
    assert_eq!(open, [format!("open aws_s3_bucket.b[0] {header}, fails when var.seal is false")]);
    assert_eq!(check_text("s3-bucket-sse-kms", &text("var.seal ? 1 : 0")), [""; 0]);
}

#[test]
fn values_after_deployment_are_open() {
    let text = "resource \"aws_ssm_parameter\" \"p\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = aws_ssm_parameter.p.value\n}\n";
    let open = check_text(ROTATION, text);
    assert_eq!(
        open,
        [
            "open aws_kms_key.k main.tf:3 enable_key_rotation = aws_ssm_parameter.p.value, fails when aws_ssm_parameter.p.value is false"
        ]
    );
}

#[test]
fn settings_by_stage() {
    let text = |validation: &str, rotate: &str| {
        format!(
            "variable \"stage\" {{\n  type = string\n{validation}}}\n{}",
            key(&format!("enable_key_rotation = {rotate}"))
        )
    };
    let any = |rotate: &str| check_text(ROTATION, &text("", rotate));
    let open = |rotate: &str, when: &str| {
        vec![format!("open aws_kms_key.k main.tf:5 enable_key_rotation = {rotate}, fails when var.stage is {when}")]
    };
    let map = "{ test = false, live = true }";
    assert_eq!(any(&format!("{map}[var.stage]")), open(&format!("{map}[var.stage]"), "\"test\""));
    assert_eq!(any("{ test = true, live = true }[var.stage]"), [""; 0]);
    assert_eq!(any("{ test = { on = true }, live = { on = true } }[var.stage].on"), [""; 0]);
    let lookup = "lookup({ live = true }, var.stage, false)";
    assert_eq!(any(lookup), open(lookup, "not \"live\""));
    assert_eq!(any("lookup({ live = true }, var.stage, true)"), [""; 0]);
    let contains = "contains([\"live\", \"beta\"], var.stage)";
    assert_eq!(any(contains), open(contains, "not \"live\" or \"beta\""));
    assert_eq!(any("!contains([\"test\"], var.stage)"), open("!contains([\"test\"], var.stage)", "\"test\""));

    // Where the variable says what it may be, nothing else counts.
    let validation = "  validation {\n    condition     = contains([\"live\", \"beta\"], var.stage)\n    error_message = \"no\"\n  }\n";
    assert_eq!(check_text(ROTATION, &text(validation, contains)), [""; 0]);
    assert_eq!(
        check_text(ROTATION, &text(validation, "lookup({ live = true, beta = true }, var.stage, false)")),
        [""; 0]
    );
    assert_eq!(
        check_text(ROTATION, &text(validation, "{ test = false, live = true, beta = true }[var.stage]")),
        [""; 0]
    );
}

#[test]
fn a_part_of_what_nobody_gave_is_named() {
    let text = "variable \"keys\" {
  type = map(object({ rotate = bool }))
}
resource \"aws_kms_key\" \"one\" {
  enable_key_rotation = var.keys[\"a\"].rotate
}
resource \"aws_kms_key\" \"each\" {
  for_each            = var.keys
  enable_key_rotation = each.value.rotate
}
";
    let open = check_text(ROTATION, text);
    assert!(open[0].ends_with("fails when var.keys[\"a\"].rotate is false"), "{open:?}");
    assert!(open[1].ends_with("fails when each.value.rotate is false"), "{open:?}");
}

#[test]
fn what_looks_the_same_has_the_same_verdict_and_each_its_own_place() {
    let key = |name: &str, rotation: &str| {
        format!("resource \"aws_kms_key\" \"{name}\" {{\n  enable_key_rotation = {rotation}\n}}\n")
    };
    let keys = [
        ("a", "false"),
        ("b", "true"),
        ("c", "false"),
        ("d", "var.one"),
        ("e", "true"),
        ("f", "var.other"),
        ("g", "!var.one"),
    ];
    let keys: String = keys.iter().map(|(name, rotation)| key(name, rotation)).collect();
    let text = format!("variable \"one\" {{\n  type = bool\n}}\nvariable \"other\" {{\n  type = bool\n}}\n{keys}");
    assert_eq!(
        check_text(ROTATION, &text),
        [
            "fail aws_kms_key.a main.tf:8 enable_key_rotation = false",
            "fail aws_kms_key.c main.tf:14 enable_key_rotation = false",
            "open aws_kms_key.d main.tf:17 enable_key_rotation = var.one, fails when var.one is false",
            "open aws_kms_key.f main.tf:23 enable_key_rotation = var.other, fails when var.other is false",
            "open aws_kms_key.g main.tf:26 enable_key_rotation = !var.one, fails when var.one is true",
        ]
    );
}
