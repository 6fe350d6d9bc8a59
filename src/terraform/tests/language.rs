//! What the language refuses before anything is evaluated.

use super::{Memory, run};
use crate::diagnostic::Level;

/// How many errors a configuration has.
fn errors(text: &str) -> usize {
    let memory = Memory::new(&[("main.tf", text)]);
    memory.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count()
}

/// Each of these configurations has one error.
fn refused(configurations: &[&str]) {
    for text in configurations {
        assert_eq!(errors(text), 1, "{text}");
    }
}

fn accepted(configurations: &[&str]) {
    for text in configurations {
        assert_eq!(errors(text), 0, "{text}");
    }
}

/// What is refused though it is clear what is meant is a warning: the rest is judged, and the run is whole.
#[test]
fn what_is_clear_all_the_same() {
    for text in [
        "module \"m\" {}",
        "variable \"count\" { default = 1 }",
        "moved {\n from = a.b\n to = a.b\n}",
        "moved {\n from = a.b\n to = a.c\n}\nmoved {\n from = a.b\n to = a.d\n}",
        "moved {\n from = a.b\n to = a.d\n}\nmoved {\n from = a.c\n to = a.d\n}",
        "import {\n to = a.b\n id = 1\n}\nimport {\n to = a.b\n id = 2\n}",
        "resource \"a\" \"b\" {}\nremoved { from = a.b }",
        "resource \"a\" \"b\" { provider = p.x }",
    ] {
        let memory = Memory::new(&[("main.tf", text)]);
        let levels: Vec<Level> = memory.diagnostics.iter().map(|diagnostic| diagnostic.level).collect();
        assert_eq!(levels, [Level::Warning], "{text}");
    }
}

#[test]
fn variables_and_outputs() {
    refused(&[
        "variable \"v\" {\n nullable = false\n default = null\n}",
        "variable \"v\" { description = [\"a list\"] }",
        "variable \"v\" { description = local.text }",
        "output \"o\" {}",
        "output \"o\" {\n value = 1\n postcondition {\n condition = a.b.c\n error_message = \"No.\"\n }\n}",
    ]);
    accepted(&[
        "variable \"v\" {\n nullable = true\n default = null\n description = <<-T\n  Text.\n  T\n}",
        "output \"o\" {\n value = 1\n precondition {\n condition = a.b.c > 1\n error_message = \"No.\"\n }\n}",
    ]);
}

#[test]
fn conditions_refer_to_something_but_not_to_their_own_resource() {
    let condition = |kind: &str, condition: &str| {
        let inside = format!("condition = {condition}\n error_message = \"No.\"");
        format!("resource \"a\" \"b\" {{\n lifecycle {{\n {kind} {{\n {inside}\n }}\n }}\n}}")
    };
    for wrong in ["true", "alltrue([for x in [1] : x > 0])", "a.b.c == 1"] {
        assert_eq!(errors(&condition("postcondition", wrong)), 1, "{wrong}");
    }
    for right in ["self.c == 1", "a.other.c == 1", "alltrue([for x in var.l : x.y])"] {
        assert_eq!(errors(&condition("postcondition", right)), 0, "{right}");
    }
    refused(&["check \"c\" {\n assert {\n condition = 1 < 2\n error_message = \"No.\"\n }\n}"]);
}

#[test]
fn constants_are_no_references() {
    refused(&[
        "variable \"v\" { sensitive = var.other }",
        "output \"o\" {\n value = 1\n sensitive = local.secret\n}",
        "resource \"a\" \"b\" {\n lifecycle { create_before_destroy = var.x }\n}",
        "resource \"a\" \"b\" {\n lifecycle { replace_triggered_by = a.c }\n}",
    ]);
    accepted(&["resource \"a\" \"b\" {\n lifecycle { prevent_destroy = var.x }\n}"]);
}

#[test]
fn overrides_have_something_to_override() {
    let errors = |over: &str| {
        let main = "locals {\n a = 1\n}\nresource \"a\" \"b\" {}\nprovider \"p\" { alias = \"x\" }";
        let memory = Memory::new(&[("main.tf", main), ("override.tf", over)]);
        memory.diagnostics.len()
    };
    for over in [
        "locals { b = 2 }",
        "resource \"a\" \"b\" { depends_on = [a.c] }",
        "moved {\n from = a.b\n to = a.c\n}",
        "provider \"p\" { alias = \"y\" }",
    ] {
        assert_eq!(errors(over), 1, "{over}");
    }
    for over in ["locals { a = 2 }", "provider \"p\" { region = \"x\" }", "provider \"p\" { alias = \"x\" }"] {
        assert_eq!(errors(over), 0, "{over}");
    }
}

#[test]
fn blocks_and_arguments_are_not_mixed_up() {
    refused(&[
        "terraform { required_providers = {} }",
        "variable \"v\" { validation = {} }",
        "module \"m\" {\n source = \"./m\"\n providers {\n x = x.y\n }\n}",
        "resource \"a\" \"b\" {\n lifecycle {\n action_trigger {\n events = [after_create]\n }\n }\n}",
    ]);
}

#[test]
fn types_of_collections_say_what_they_hold() {
    let errors = |ty: &str| run(&format!("variable \"v\" {{ type = {ty} }}")).diagnostics.len();
    for ty in ["set", "list(map)", "object({ a = list })"] {
        assert_eq!(errors(ty), 1, "{ty}");
    }
    for ty in ["list", "map", "set(string)", "list(map(any))"] {
        assert_eq!(errors(ty), 0, "{ty}");
    }
}

#[test]
fn what_a_resource_ignores_and_does_when_it_is_destroyed() {
    let lifecycle = |rule: &str| format!("resource \"a\" \"b\" {{\n lifecycle {{\n {rule}\n }}\n}}");
    for rule in ["[\"*\"]", "\"everything\"", "[tags[var.x]]"] {
        assert_eq!(errors(&lifecycle(&format!("ignore_changes = {rule}"))), 1, "{rule}");
    }
    for rule in ["all", "[]", "[\"tags\"]", "[tags[\"x\"], block[0].size]"] {
        assert_eq!(errors(&lifecycle(&format!("ignore_changes = {rule}"))), 0, "{rule}");
    }
    let provisioner = |when: &str, command: &str| {
        let inside = format!("when = {when}\n command = \"${{{command}}}\"");
        format!("resource \"a\" \"b\" {{\n provisioner \"local-exec\" {{\n {inside}\n }}\n}}")
    };
    assert_eq!(errors(&provisioner("destroy", "var.x")), 1);
    assert_eq!(errors(&provisioner("create", "var.x")), 0);
    assert_eq!(errors(&provisioner("destroy", "a.c.id")), 1);
    assert_eq!(errors(&provisioner("destroy", "join(self.id, [for x in self.l : x.y])")), 0);
    refused(&["resource \"a\" \"b\" {\n locals {}\n}", "resource \"a\" \"b\" { provider = alias(\"x\") }"]);
}

#[test]
fn history_and_checks() {
    refused(&[
        "moved { from = a.b }",
        "moved {\n from = a.b\n to = module.c\n}",
        "moved {\n from = a.b[var.x]\n to = a.c\n}",
        "removed { from = a.b[0] }",
        "removed { from = module.m.data.a.b }",
        "import { to = a.b }",
        "import {\n to = data.a.b\n id = 1\n}",
        "import {\n to = a.b\n id = null\n}",
        "import {\n to = a.b\n id = \"x\"\n identity = { name = \"x\" }\n}",
        "check \"c\" {}",
        "check \"c\" {\n assert { condition = var.x }\n}",
        "removed {\n from = a.b\n provisioner \"local-exec\" { command = \"x\" }\n}",
    ]);
    accepted(&[
        "moved {\n from = a.b\n to = module.c.a.b[\"k\"]\n}",
        "moved {\n from = module.a\n to = module.b[0]\n}",
        "removed {\n from = module.m.a.b\n lifecycle { destroy = false }\n}",
        "import {\n to = a.b\n identity = { name = \"x\" }\n}",
    ]);
}

#[test]
fn versions_and_providers() {
    let required = |entry: &str| format!("terraform {{\n required_providers {{\n x = {entry}\n }}\n}}");
    for entry in [
        "{ source = \"a/b/c/d\" }",
        "{ source = \"a/\" }",
        "{ version = \"newest\" }",
        "{ region = \"x\" }",
        "{ configuration_aliases = [y.z] }",
        "[\"1.0\"]",
        "\"newest\"",
        "{ source = \"n/terraform-provider-x\" }",
        "{ version = 1 }",
        "{ configuration_aliases = \"x.y\" }",
    ] {
        assert_eq!(errors(&required(entry)), 1, "{entry}");
    }
    for entry in
        ["\"~> 1.0\"", "{ source = \"h.example/n/x\", version = \">= 1, < 3\", configuration_aliases = [x.y] }"]
    {
        assert_eq!(errors(&required(entry)), 0, "{entry}");
    }
    refused(&[
        "terraform { required_version = \"newest\" }",
        "provider \"x\" { version = \"newest\" }",
        "module \"m\" {\n source = \"a/b/c\"\n version = \"newest\"\n}",
        "module \"m\" {\n source = \"./m\"\n providers = [\"x\"]\n}",
        "provider \"x\" {}\nprovider \"x\" {}",
        "provider \"x\" { alias = \"y\" }\nprovider \"x\" { alias = \"y\" }",
        "ephemeral \"a\" \"b\" {}\nephemeral \"a\" \"b\" {}",
        "provider \"AWS\" {}",
        "module \"m\" { source = \"folder\" }",
        "module \"m\" {\n source = \"a/b/c\"\n providers = {\n x = x.y\n x = x.z\n }\n}",
        "terraform {\n provider_meta \"x\" {}\n provider_meta \"x\" {}\n}",
    ]);
    accepted(&["provider \"x\" {}\nprovider \"x\" { alias = \"y\" }\nprovider \"x\" { alias = \"z\" }"]);
}

#[test]
fn values_files_have_constants_only() {
    let main = "variable \"v\" {\n default = 1\n}";
    let memory = Memory::new(&[("main.tf", main), ("terraform.tfvars", "v = upper(\"x\")\nw {\n}")]);
    let messages: Vec<&str> = memory.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["a variable-values file has no blocks", "no function is called in a variable-values file"]);
    let memory = Memory::new(&[("main.tf", main), ("terraform.tfvars", "v = { a = [-1, \"${2}\", null] }")]);
    assert!(memory.diagnostics.is_empty());
}

#[test]
fn arguments_that_a_module_does_not_take_are_noted() {
    let memory = Memory::new(&[
        ("main.tf", "module \"m\" {\n source = \"./m\"\n known = 1\n unknown = 2\n}"),
        ("m/main.tf", "variable \"known\" {}"),
    ]);
    assert_eq!(memory.run().messages(), ["the module has no variable \"unknown\""]);
}

#[test]
fn dynamic_blocks_over_a_map_come_in_the_order_of_its_keys() {
    let run = run("resource \"a\" \"b\" {
        dynamic \"rule\" {
            for_each = { b = 1, a = 2 }
            content {
                key = rule.key
            }
        }
    }");
    let rules = run.resource("a.b").values.get("rule").and_then(|rules| rules.as_list()).unwrap();
    let keys: Vec<&str> = rules.iter().map(|rule| rule.get("key").and_then(|key| key.as_str()).unwrap()).collect();
    assert_eq!(keys, ["a", "b"]);
}

#[test]
fn dynamic_blocks_have_one_form() {
    let errors = |dynamic: &str| errors(&format!("resource \"a\" \"b\" {{\n {dynamic}\n}}"));
    for wrong in [
        "dynamic {\n for_each = [1]\n content {}\n }",
        "dynamic \"x\" {\n for_each = [1]\n content {}\n content {}\n }",
        "dynamic \"x\" {\n for_each = [1]\n size = 1\n content {}\n }",
        "dynamic \"x\" {\n for_each = [1]\n iterator = \"i\"\n content {}\n }",
        "dynamic \"x\" {\n for_each = [1]\n y {}\n content {}\n }",
        "dynamic \"lifecycle\" {\n for_each = [1]\n content {}\n }",
        "z {\n dynamic \"x\" {\n for_each = [1]\n size = 1\n content {}\n }\n }",
    ] {
        assert_eq!(errors(wrong), 1, "{wrong}");
    }
    // Wrong as well, but clear: a warning.
    assert_eq!(errors("dynamic \"x\" { for_each = [1] }"), 0);
    assert_eq!(errors("dynamic \"x\" {\n for_each = []\n iterator = i\n labels = [i.key]\n content {}\n }"), 0);
}

#[test]
fn what_is_not_declared_is_refused_inside_try_too() {
    let run = run("output \"o\" { value = [try(local.a, 1), can(aws_s3_bucket.b.id)] }");
    assert_eq!(*run.output("output.o"), serde_json::json!([1, false]));
    let messages = run.messages();
    assert!(messages.len() == 1 && messages[0].contains("one other reference"), "{messages:?}");
}
