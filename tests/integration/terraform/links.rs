//! Resources of their own that configure another one, linked in every way that Terraform has.

use super::{check, check_text};

const RULE: &str = "s3-bucket-sse-kms";

/// An encryption configuration that encrypts with a customer's key, or with S3's own.
fn encryption(kms: bool, repeat: &str, bucket: &str) -> String {
    let with = match kms {
        true => "sse_algorithm     = \"aws:kms\"\n      kms_master_key_id = \"alias/orders\"",
        false => "sse_algorithm = \"AES256\"",
    };
    format!(
        "resource \"aws_s3_bucket_server_side_encryption_configuration\" \"this\" {{
  {repeat}
  bucket = {bucket}
  rule {{
    apply_server_side_encryption_by_default {{
      {with}
    }}
  }}
}}
"
    )
}

/// What is found where the configuration does not encrypt with a customer's key: `line` holds the algorithm.
fn found(resource: &str, place: &str) -> Vec<String> {
    vec![format!("fail {resource} {place} sse_algorithm = \"AES256\"")]
}

#[test]
fn by_for_each_over_the_same_names() {
    let text = |kms| {
        let bucket =
            "resource \"aws_s3_bucket\" \"this\" {\n  for_each = toset([\"a\", \"b\"])\n  bucket = each.key\n}\n";
        format!("{bucket}{}", encryption(kms, "for_each = toset([\"a\", \"b\"])", "aws_s3_bucket.this[each.key].id"))
    };
    assert_eq!(check_text(RULE, &text(true)), [""; 0]);
    assert_eq!(check_text(RULE, &text(false)), found("aws_s3_bucket.this[\"a\"]", "main.tf:10"));
}

#[test]
fn by_for_each_over_the_buckets_themselves() {
    let text = |kms| {
        let bucket =
            "resource \"aws_s3_bucket\" \"this\" {\n  for_each = { a = \"x\", b = \"y\" }\n  bucket = each.value\n}\n";
        format!("{bucket}{}", encryption(kms, "for_each = aws_s3_bucket.this", "each.value.id"))
    };
    assert_eq!(check_text(RULE, &text(true)), [""; 0]);
    assert_eq!(check_text(RULE, &text(false)), found("aws_s3_bucket.this[\"a\"]", "main.tf:10"));
}

#[test]
fn only_for_some_of_the_buckets() {
    let text = |names: &str| {
        let bucket =
            "resource \"aws_s3_bucket\" \"this\" {\n  for_each = toset([\"a\", \"b\"])\n  bucket = each.key\n}\n";
        format!(
            "{bucket}{}",
            encryption(true, &format!("for_each = toset({names})"), "aws_s3_bucket.this[each.key].id")
        )
    };
    assert_eq!(check_text(RULE, &text("[\"a\", \"b\"]")), [""; 0]);
    let bare = "fail aws_s3_bucket.this[\"b\"] main.tf:1 resource \"aws_s3_bucket\" \"this\"";
    assert_eq!(check_text(RULE, &text("[\"a\"]")), [bare]);
}

#[test]
fn by_count_index() {
    let text = |kms| {
        let bucket = "resource \"aws_s3_bucket\" \"this\" {\n  count  = 2\n  bucket = \"logs-${count.index}\"\n}\n";
        format!("{bucket}{}", encryption(kms, "count  = 2", "aws_s3_bucket.this[count.index].id"))
    };
    assert_eq!(check_text(RULE, &text(true)), [""; 0]);
    assert_eq!(check_text(RULE, &text(false)), found("aws_s3_bucket.this[0]", "main.tf:10"));
}

#[test]
fn by_count_of_one_or_none() {
    let text = |kms| {
        let bucket = "variable \"on\" {\n  default = true\n}\nresource \"aws_s3_bucket\" \"this\" {\n  count = var.on ? 1 : 0\n}\n";
        format!("{bucket}{}", encryption(kms, "count = var.on ? 1 : 0", "one(aws_s3_bucket.this[*].id)"))
    };
    assert_eq!(check_text(RULE, &text(true)), [""; 0]);
    assert_eq!(check_text(RULE, &text(false)), found("aws_s3_bucket.this[0]", "main.tf:12"));
    let closed = [("main.tf", &*text(false)), ("terraform.tfvars", "on = false\n")];
    assert_eq!(check(RULE, &closed, &[]), [""; 0]);
}

#[test]
fn by_the_name_of_the_bucket() {
    let text = |kms, name: &str| {
        let bucket = "locals {\n  name = \"ledger-${terraform.workspace}\"\n}\nresource \"aws_s3_bucket\" \"this\" {\n  bucket = local.name\n}\n";
        format!("{bucket}{}", encryption(kms, "", name))
    };
    assert_eq!(check_text(RULE, &text(true, "local.name")), [""; 0]);
    assert_eq!(check_text(RULE, &text(true, "\"ledger-default\"")), [""; 0]);
    assert_eq!(check_text(RULE, &text(false, "local.name")), found("aws_s3_bucket.this", "main.tf:12"));
    let elsewhere = check_text(RULE, &text(true, "\"other\""));
    assert_eq!(elsewhere, ["fail aws_s3_bucket.this main.tf:4 resource \"aws_s3_bucket\" \"this\""]);
}

#[test]
fn by_a_name_that_nobody_knows_yet() {
    let text = |kms| {
        let bucket =
            "variable \"stage\" {}\nresource \"aws_s3_bucket\" \"this\" {\n  bucket = \"ledger-${var.stage}\"\n}\n";
        format!("{bucket}{}", encryption(kms, "", "\"ledger-${var.stage}\""))
    };
    assert_eq!(check_text(RULE, &text(true)), [""; 0]);
    assert_eq!(check_text(RULE, &text(false)), found("aws_s3_bucket.this", "main.tf:10"));
}

#[test]
fn by_a_modules_output() {
    let module = "variable \"name\" {}\nresource \"aws_s3_bucket\" \"this\" {\n  bucket = var.name\n}\noutput \"id\" {\n  value = aws_s3_bucket.this.id\n}\n";
    let call = "module \"store\" {\n  source = \"./store\"\n  name   = \"ledger\"\n}\n";
    let files = |kms| format!("{call}{}", encryption(kms, "", "module.store.id"));
    assert_eq!(check(RULE, &[("main.tf", &files(true)), ("store/main.tf", module)], &[]), [""; 0]);
    let failed = check(RULE, &[("main.tf", &files(false)), ("store/main.tf", module)], &[]);
    assert_eq!(failed, found("module.store.aws_s3_bucket.this", "main.tf:10"));
}

#[test]
fn by_the_outputs_of_a_repeated_module_and_an_argument_of_another() {
    let store = "variable \"name\" {}\nresource \"aws_s3_bucket\" \"this\" {\n  bucket = var.name\n}\noutput \"bucket\" {\n  value = aws_s3_bucket.this\n}\n";
    let seal = |kms| {
        format!(
            "variable \"buckets\" {{\n  type = map(any)\n}}\n{}",
            encryption(kms, "for_each = var.buckets", "each.value.id")
        )
    };
    let main = "module \"store\" {\n  source   = \"./store\"\n  for_each = toset([\"a\", \"b\"])\n  name     = each.key\n}\nmodule \"seal\" {\n  source  = \"./seal\"\n  buckets = { for name, store in module.store : name => store.bucket }\n}\n";
    let files = |seal: &str| check(RULE, &[("main.tf", main), ("store/main.tf", store), ("seal/main.tf", seal)], &[]);
    assert_eq!(files(&seal(true)), [""; 0]);
    assert_eq!(files(&seal(false)), found("module.store[\"a\"].aws_s3_bucket.this", "seal/main.tf:9"));
}

#[test]
fn by_the_id_of_another_companion() {
    let bucket = "resource \"aws_s3_bucket\" \"this\" {\n  bucket = \"ledger\"\n}\nresource \"aws_s3_bucket_policy\" \"this\" {\n  bucket = aws_s3_bucket.this.id\n  policy = \"{}\"\n}\n";
    let check = |kms, name| check_text(RULE, &format!("{bucket}{}", encryption(kms, "", name)));
    assert_eq!(check(true, "aws_s3_bucket_policy.this.id"), [""; 0]);
    assert_eq!(check(false, "aws_s3_bucket_policy.this.id"), found("aws_s3_bucket.this", "main.tf:13"));
}

#[test]
fn by_what_is_made_of_the_buckets_arn() {
    let bucket = "resource \"aws_s3_bucket\" \"this\" {\n  bucket_prefix = \"ledger\"\n}\n";
    let check = |kms, name| check_text(RULE, &format!("{bucket}{}", encryption(kms, "", name)));
    assert_eq!(check(true, "split(\":\", aws_s3_bucket.this.arn)[5]"), [""; 0]);
    assert_eq!(check(false, "split(\":\", aws_s3_bucket.this.arn)[5]"), found("aws_s3_bucket.this", "main.tf:9"));
}

/// A condition decides which parameter group a database has: what another one says is not its concern.
#[test]
fn by_a_condition() {
    let text = |group: &str| {
        format!(
            "variable \"strict\" {{ type = bool }}
resource \"aws_db_parameter_group\" \"g\" {{
  for_each = {{ strict = 1, lax = 0 }}
  family   = \"postgres16\"
  parameter {{
    name  = \"rds.force_ssl\"
    value = each.value
  }}
}}
resource \"aws_db_instance\" \"d\" {{
  engine               = \"postgres\"
  parameter_group_name = {group}
}}
"
        )
    };
    let check = |group: &str| check_text("rds-force-tls", &text(group));
    let open = ["open aws_db_instance.d main.tf:7 value = each.value, fails when var.strict is false"];
    assert_eq!(check("aws_db_parameter_group.g[var.strict ? \"strict\" : \"lax\"].name"), open);
    assert_eq!(
        check("var.strict ? aws_db_parameter_group.g[\"strict\"].id : aws_db_parameter_group.g[\"lax\"].id"),
        open
    );
    let lax = "aws_db_parameter_group.g[\"lax\"].name";
    assert_eq!(check(&format!("var.strict ? {lax} : {lax}")), ["fail aws_db_instance.d main.tf:7 value = each.value"]);
    assert_eq!(check("aws_db_parameter_group.g[\"strict\"].name"), [""; 0]);
}
