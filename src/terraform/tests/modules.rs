use std::path::PathBuf;

use serde_json::json;

use super::{Memory, run};
use crate::diagnostic::{Code, Level};
use crate::terraform::Installed;
use crate::value::{HopKind, Reason};

const CHILD: &str = r#"
    variable "name" {}
    variable "encrypt" {
      type    = bool
      default = true
    }
    resource "bucket" "b" {
      name    = var.name
      encrypt = var.encrypt
    }
    output "id" { value = bucket.b.id }
    output "name" { value = var.name }
"#;

#[test]
fn a_called_directory_is_judged_as_its_callers_use_it() {
    let main = r#"
        module "one" {
          source = "./child"
          name   = "one"
        }
        module "many" {
          source   = "./child"
          for_each = toset(["x", "y"])
          name     = each.key
          encrypt  = false
        }
        resource "policy" "p" { bucket = module.many["x"].id }
        output "names" { value = [module.one.name, [for m in module.many : m.name]] }
    "#;
    let run = Memory::new(&[("main.tf", main), ("child/main.tf", CHILD)]).run();
    assert_eq!(run.evaluated.len(), 1);
    let addresses = ["policy.p", "module.one.bucket.b", "module.many[\"x\"].bucket.b", "module.many[\"y\"].bucket.b"];
    assert_eq!(run.addresses(), addresses);
    assert_eq!(*run.output("output.names"), json!(["one", ["x", "y"]]));
    let bucket = run.resource("module.many[\"y\"].bucket.b");
    assert_eq!(&*bucket.calls[0].address, "module.many[\"y\"]");
    let encrypt = bucket.values.get("encrypt").unwrap();
    let kinds: Vec<&HopKind> = encrypt.origin.hops().map(|hop| &hop.kind).collect();
    assert_eq!(kinds, [&HopKind::Reference("var.encrypt".into()), &HopKind::Argument("encrypt".into())]);
    let reference = run.resource("policy.p").values.get("bucket").unwrap().as_unknown().unwrap().reference().unwrap();
    assert_eq!(&*reference.address, "module.many[\"x\"].bucket.b");
}

#[test]
fn a_module_nobody_calls_is_judged_with_its_defaults() {
    let run = Memory::new(&[("child/main.tf", CHILD)]).run();
    let values = &run.resource("bucket.b").values;
    assert_eq!(values.get("encrypt").unwrap().as_bool(), Some(true));
    assert_eq!(values.get("name").unwrap().as_unknown().unwrap().reason, Reason::NotGiven("var.name".into()));
}

#[test]
fn installed_modules_are_found_and_others_noted_once() {
    let main = r#"
        module "remote" {
          source  = "example/bucket/aws"
          version = "1.0.0"
          name    = "n"
        }
        output "name" { value = module.remote.name }
    "#;
    let mut memory = Memory::new(&[("main.tf", main)]);
    let run = memory.run();
    assert_eq!(run.output("output.name")["$unknown"], "module remote is not on this machine");
    let [note] = run.diagnostics.as_slice() else { panic!("{:?}", run.messages()) };
    assert_eq!((note.level, note.code), (Level::Note, Code::MissingModule));
    assert!(note.help.as_deref().unwrap().contains("terraform init"));

    memory = Memory::new(&[("main.tf", main), (".terraform/modules/remote/main.tf", CHILD)]);
    memory.installed = vec![Installed { key: "remote".into(), directory: PathBuf::from(".terraform/modules/remote") }];
    assert_eq!(memory.run().output("output.name"), "n");
}

#[test]
fn outputs_of_one_instance_may_feed_another() {
    let child = r#"
        variable "before" {}
        output "first" { value = 1 }
        output "second" { value = var.before }
    "#;
    let main = r#"
        module "m" {
          source = "./child"
          count  = 2
          before = module.m[0].first
        }
        output "second" { value = module.m[1].second }
    "#;
    let run = Memory::new(&[("main.tf", main), ("child/main.tf", child)]).run();
    assert_eq!(*run.output("output.second"), 1);
    assert!(run.diagnostics.is_empty(), "{:?}", run.messages());
}

#[test]
fn directories_that_call_each_other_end() {
    let run = Memory::new(&[
        ("a/main.tf", "module \"b\" {\n  source = \"../b\"\n}\n"),
        ("b/main.tf", "module \"a\" {\n  source = \"../a\"\n}\nresource \"x\" \"y\" {}\n"),
    ])
    .run();
    assert_eq!(run.addresses(), ["module.b.x.y"]);
    assert_eq!(run.messages(), ["this module calls itself"]);
}

#[test]
fn values_that_wait_for_each_other_are_an_error() {
    let run = run("locals {\n  a = local.b\n  b = local.c\n  c = local.a\n  d = 1\n}\n");
    let [problem] = run.diagnostics.as_slice() else { panic!("{:?}", run.messages()) };
    assert_eq!((problem.level, problem.message.as_str()), (Level::Error, "local.a depends on itself"));
    assert_eq!(run.json["locals"]["local.d"], 1);
}

#[test]
fn provider_configurations_are_passed_as_modules_need_them() {
    let needs = "terraform {\n required_providers {\n p = { configuration_aliases = [p.x] }\n }\n}
        resource \"a\" \"b\" { provider = p.x }";
    let messages = |call: &str, module: &str| {
        let main = format!("provider \"p\" {{ alias = \"y\" }}\nmodule \"m\" {{\n source = \"./m\"\n {call}\n}}");
        let memory = Memory::new(&[("main.tf", &main), ("m/main.tf", module)]);
        let evaluated = memory.run().diagnostics;
        memory.diagnostics.iter().chain(&evaluated).map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert!(messages("providers = { p.x = p.y }", needs).is_empty());
    assert_eq!(messages("", needs), ["the module needs a provider configuration p.x: pass it with providers"]);
    assert_eq!(
        messages("providers = { p.x = p.z }", needs),
        ["no provider configuration p.z is declared in this module"]
    );
    assert_eq!(messages("providers = { p.x = p.y }", "locals {}"), ["the module has no provider configuration p.x"]);
    let own = "provider \"p\" { region = \"r\" }";
    assert_eq!(
        messages("count = 1", own),
        ["a module with provider configurations of its own cannot be called with count"]
    );
    assert!(messages("count = 1", "provider \"p\" {}").is_empty());
}

#[test]
fn an_argument_meets_what_its_variable_demands() {
    let module =
        "variable \"size\" {\n default = 0\n validation {\n condition = var.size > 2\n error_message = \"No.\"\n }\n}";
    let messages = |call: &str| {
        let main = format!("variable \"open\" {{}}\nmodule \"m\" {{\n source = \"./m\"\n {call}\n}}");
        let memory = Memory::new(&[("main.tf", &main), ("m/main.tf", module)]);
        memory.run().messages().iter().map(|message| (*message).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(messages("size = 1"), ["this value does not meet what variable \"size\" demands"]);
    for fine in ["size = 3", "size = var.open", ""] {
        assert!(messages(fine).is_empty(), "{fine}");
    }
}
