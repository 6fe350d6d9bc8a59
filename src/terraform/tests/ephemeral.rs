//! Ephemeral values where they may go, and where they may not.

use serde_json::json;

use super::{Memory, run};

const SECRET: &str = "variable \"p\" {\n ephemeral = true\n default = \"x\"\n}
    locals {\n text = \"p=${var.p}\"\n config = { secret = var.p, name = \"n\" }\n}";

/// What is refused of a configuration that has the ephemeral variable `p`.
fn refused(text: &str) -> usize {
    Memory::new(&[("main.tf", &format!("{SECRET}\n{text}"))]).diagnostics.len()
}

#[test]
fn what_is_kept_is_not_ephemeral() {
    let argument = |value: &str| format!("resource \"aws_db_instance\" \"d\" {{ password = {value} }}");
    for value in [
        "var.p",
        "local.text",
        "local.config.secret",
        "local.config",
        "jsonencode({ a = [var.p] })",
        "ephemeral.aws_secretsmanager_secret_version.s.secret_string",
        "terraform.applying ? \"a\" : \"b\"",
        "{ a = upper(var.p) }",
        "try(var.p, \"\")",
        "[for c in [1] : var.p]",
    ] {
        assert_eq!(refused(&argument(value)), 1, "{value}");
    }
    for value in
        ["ephemeralasnull(var.p)", "local.config.name", "can(var.p)", "coalesce(\"a\", var.p)", "keys(local.config)"]
    {
        assert_eq!(refused(&argument(value)), 0, "{value}");
    }
    for text in [
        "resource \"aws_s3_bucket\" \"b\" { count = length(var.p) }",
        "resource \"aws_s3_bucket\" \"b\" {\n x {\n y = var.p\n }\n}",
        "data \"http\" \"h\" { url_wo = var.p }",
        "output \"o\" { value = var.p }",
    ] {
        assert_eq!(refused(text), 1, "{text}");
    }
    for text in [
        "resource \"aws_db_instance\" \"d\" { password_wo = var.p }",
        "resource \"other_thing\" \"d\" { body = var.p }",
        "provider \"x\" { token = var.p }",
        "ephemeral \"a\" \"b\" { x = var.p }",
        "output \"o\" {\n value = var.p\n ephemeral = true\n}",
        "resource \"terraform_data\" \"d\" {\n provisioner \"local-exec\" {\n command = var.p\n }\n}",
    ] {
        assert_eq!(refused(text), 0, "{text}");
    }
}

#[test]
fn a_module_takes_ephemeral_values_for_ephemeral_variables_only() {
    let main = format!("{SECRET}\nmodule \"m\" {{\n source = \"./m\"\n a = var.p\n b = var.p\n}}");
    let module = "variable \"a\" {}\nvariable \"b\" { ephemeral = true }";
    let run = Memory::new(&[("main.tf", &main), ("m/main.tf", module)]).run();
    assert_eq!(run.messages(), ["an ephemeral value needs an ephemeral variable, which \"a\" is not"]);
}

#[test]
fn ephemeralasnull_leaves_what_may_be_kept() {
    let text =
        "output \"o\" { value = [ephemeralasnull(var.p), ephemeralasnull({ a = var.p, b = 1 }), ephemeralasnull(2)] }";
    let run = run(&format!("{SECRET}\n{text}"));
    assert_eq!(*run.output("output.o"), json!([null, { "a": null, "b": 1 }, 2]));
}
