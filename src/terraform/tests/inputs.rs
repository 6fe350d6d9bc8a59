use std::sync::Arc;

use serde_json::json;

use super::{Memory, run};
use crate::terraform::Assignment;

fn assignment(memory: &Memory, name: &str, text: &str) -> Assignment {
    Assignment { name: name.into(), text: memory.sources.add("input", text) }
}

#[test]
fn later_sources_of_a_value_win() {
    let main = r#"
        variable "v" { default = "default" }
        output "v" { value = var.v }
    "#;
    let mut memory = Memory::new(&[("main.tf", main)]);
    assert_eq!(memory.run().output("output.v"), "default");
    memory.inputs.environment = vec![assignment(&memory, "v", "environment")];
    assert_eq!(memory.run().output("output.v"), "environment");

    let files = [("main.tf", main), ("terraform.tfvars", "v = \"file\"")];
    let mut memory = Memory::new(&files);
    memory.inputs.environment = vec![assignment(&memory, "v", "environment")];
    assert_eq!(memory.run().output("output.v"), "file");

    let files = [files[0], files[1], ("b.auto.tfvars", "v = \"b\""), ("a.auto.tfvars", "v = \"a\"")];
    let mut memory = Memory::new(&files);
    assert_eq!(memory.run().output("output.v"), "b");
    memory.inputs.files = vec![memory.parse("given.tfvars", "v = \"given\"")];
    assert_eq!(memory.run().output("output.v"), "given");
    memory.inputs.assignments = vec![assignment(&memory, "v", "first"), assignment(&memory, "v", "last")];
    assert_eq!(memory.run().output("output.v"), "last");
}

#[test]
fn values_take_the_type_of_their_variable() {
    let main = r#"
        variable "list" { type = list(string) }
        variable "flag" { type = bool }
        variable "object" {
          type = object({ size = optional(number, 3), name = string })
          default = { name = 7 }
        }
        variable "kept" {
          type     = string
          default  = "kept"
          nullable = false
        }
        output "all" { value = [var.list, var.flag, var.object, var.kept] }
    "#;
    let mut memory = Memory::new(&[("main.tf", main), ("x.auto.tfvars", "kept = null")]);
    memory.inputs.assignments = vec![assignment(&memory, "list", "[1, true]"), assignment(&memory, "flag", "true")];
    let run = memory.run();
    assert_eq!(*run.output("output.all"), json!([["1", "true"], true, { "size": 3, "name": "7" }, "kept"]));
    assert!(run.diagnostics.is_empty(), "{:?}", run.messages());
}

#[test]
fn a_value_that_does_not_fit_is_an_error_at_its_place() {
    let text = "variable \"n\" {\n  type    = number\n  default = \"many\"\n}\n";
    let run = run(text);
    let [problem] = run.diagnostics.as_slice() else { panic!("{:?}", run.messages()) };
    assert_eq!(&text[problem.span.unwrap().range()], "\"many\"");
}

#[test]
fn what_nobody_gave_is_unknown_by_its_name() {
    let run = run(r#"
        variable "on" { type = bool }
        variable "env" {
          type = string
          validation {
            condition     = contains(["dev", "prod"], var.env)
            error_message = "dev or prod"
          }
        }
        resource "a" "b" {
          on  = var.on
          env = var.env
        }
    "#);
    let values = &run.resource("a.b").values;
    let domain = |name: &str| match &values.get(name).unwrap().as_unknown().unwrap().known {
        crate::value::Known::Variable(variable) => variable.domain.as_ref().map(|domain| domain.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!((domain("on"), domain("env")), (Some(2), Some(2)));
}

#[test]
fn override_files_and_tofu_files_have_their_rank() {
    let run = Memory::new(&[
        ("main.tf", "resource \"a\" \"b\" {\n  x = 1\n  y = 1\n  block {\n    z = 1\n  }\n}\nlocals {\n  l = 1\n}\n"),
        ("override.tf", "resource \"a\" \"b\" {\n  y = 2\n  block {\n    w = 2\n  }\n}\nlocals {\n  l = 2\n}\n"),
        ("both.tf", "output \"which\" {\n  value = \"tf\"\n}\n"),
        ("both.tofu", "output \"which\" {\n  value = \"tofu\"\n}\n"),
    ])
    .run();
    assert_eq!(run.json["resources"]["a.b"], json!({ "x": 1, "y": 2, "block": [{ "w": 2 }] }));
    assert_eq!(run.json["locals"]["local.l"], 2);
    assert_eq!(run.output("output.which"), "tofu");
}

#[test]
fn sensitive_values_stay_marked_on_their_way() {
    let run = run(r#"
        variable "secret" {
          default   = "s"
          sensitive = true
        }
        resource "a" "b" { x = "${var.secret}!" }
    "#);
    let value = run.resource("a.b").values.get("x").unwrap().clone();
    assert!(value.sensitive);
    assert_eq!(Arc::from(value.as_str().unwrap()), Arc::<str>::from("s!"));
}
