use serde_json::json;

use super::run;
use crate::value::{Condition, Kind, Known};

#[test]
fn count_and_for_each_make_instances() {
    let run = run(r#"
        resource "a" "n" {
          count = 2
          x     = "i${count.index}"
        }
        resource "a" "m" {
          for_each = { one = 1, two = 2 }
          x        = "${each.key}=${each.value}"
        }
        resource "a" "s" { for_each = toset(["p", "p"]) }
        resource "a" "none" { count = 0 }
        output "all" { value = [a.n[1].x, a.m["two"].x, [for k, v in a.m : v.x], a.n[*].x] }
    "#);
    assert_eq!(run.addresses(), ["a.n[0]", "a.n[1]", "a.m[\"one\"]", "a.m[\"two\"]", "a.s[\"p\"]"]);
    assert_eq!(*run.output("output.all"), json!(["i1", "two=2", ["one=1", "two=2"], ["i0", "i1"]]));
    assert!(run.diagnostics.is_empty(), "{:?}", run.messages());
}

#[test]
fn a_count_by_condition_gives_one_instance_that_exists_by_it() {
    let run = run(r#"
        variable "on" { type = bool }
        resource "a" "b" { count = var.on ? 1 : 0 }
        resource "a" "c" { for_each = var.on ? toset(["x", "y"]) : toset(["y"]) }
        resource "a" "user" { b = a.b[0].id }
        resource "a" "list" { b = a.b[*].id }
    "#);
    let Condition::Is(variable, _) = &run.resource("a.b[0]").exists else { panic!() };
    assert_eq!(&*variable.name, "var.on");
    assert!(matches!(run.resource("a.c[\"x\"]").exists, Condition::Is(..)));
    assert_eq!(run.resource("a.c[\"y\"]").exists, Condition::Constant(true));
    let reference = run.resource("a.user").values.get("b").unwrap().as_unknown().unwrap().reference().unwrap();
    assert_eq!((&*reference.address, &*reference.attribute), ("a.b[0]", "id"));
    let list = run.resource("a.list").values.get("b").unwrap().as_unknown().unwrap();
    assert!(matches!(list.known, Known::Choice(_)));
}

#[test]
fn a_collection_that_is_not_known_has_one_instance_for_all() {
    let run = run(r#"
        variable "names" { type = set(string) }
        variable "size" { type = number }
        resource "bucket" "b" {
          for_each = var.names
          name     = each.key
        }
        resource "encryption" "by_resource" {
          for_each = bucket.b
          bucket   = each.value.id
        }
        resource "encryption" "by_key" {
          for_each = var.names
          bucket   = bucket.b[each.key].id
        }
        resource "counted" "c" { count = var.size }
    "#);
    assert_eq!(run.addresses(), ["bucket.b", "encryption.by_resource", "encryption.by_key", "counted.c"]);
    for address in ["encryption.by_resource", "encryption.by_key"] {
        let value = run.resource(address).values.get("bucket").unwrap();
        assert_eq!(&*value.as_unknown().unwrap().reference().unwrap().address, "bucket.b");
    }
}

#[test]
fn dynamic_blocks_are_written_out() {
    let run = run(r#"
        variable "on" { type = bool }
        variable "rules" {}
        resource "a" "b" {
          rule {
            name = "plain"
          }
          dynamic "rule" {
            for_each = { x = 1 }
            iterator = it
            content {
              name = it.key
              dynamic "inner" {
                for_each = [10, 20]
                content {
                  v = "${it.value}/${inner.value}/${inner.key}"
                }
              }
            }
          }
          dynamic "rule" {
            for_each = var.on ? [1] : []
            content {
              name = "maybe"
            }
          }
          dynamic "other" {
            for_each = var.rules
            content {}
          }
        }
    "#);
    let resource = run.resource("a.b");
    let rules = resource.values.get("rule").unwrap().as_list().unwrap();
    assert_eq!(rules[0].get("name").unwrap().as_str(), Some("plain"));
    let inner = rules[1].get("inner").unwrap().as_list().unwrap();
    assert_eq!(inner[1].get("v").unwrap().as_str(), Some("1/20/1"));
    let Known::Choice(choice) = &rules[2].as_unknown().unwrap().known else { panic!() };
    assert_eq!(choice.then.get("name").unwrap().as_str(), Some("maybe"));
    assert!(choice.otherwise.is_null());
    let other = resource.values.get("other").unwrap().as_list().unwrap();
    assert!(matches!(other, [one] if matches!(one.kind, Kind::Unknown(_))));
}

#[test]
fn a_misspelt_name_is_told_with_the_one_that_was_meant() {
    let run = run("locals {\n  bucket = 1\n}\noutput \"x\" {\n  value = local.buket\n}\n");
    let [problem] = run.diagnostics.as_slice() else { panic!("{:?}", run.messages()) };
    assert_eq!(problem.help.as_deref(), Some("did you mean `bucket`?"));
}

#[test]
fn what_for_each_refuses_is_reported_and_understood() {
    for (of, keys) in [("[\"x\"]", 1), ("tolist([\"x\", \"y\"])", 2), ("toset([1, 2])", 2), ("sensitive({ x = 1 })", 1)]
    {
        let run = run(&format!("resource \"a\" \"b\" {{ for_each = {of} }}"));
        assert_eq!((run.addresses().len(), run.diagnostics.len()), (keys, 1), "{of}: {:?}", run.messages());
    }
    let unknown = run("variable \"l\" { type = list(string) }\nresource \"a\" \"b\" { for_each = var.l }");
    assert_eq!(unknown.messages(), ["for_each takes a map or a set, and this is a list: use toset"]);
    assert!(run("resource \"a\" \"b\" { for_each = toset([]) }").diagnostics.is_empty());
}

#[test]
fn a_key_to_what_is_not_repeated_is_reported_and_understood() {
    let run = run("resource \"a\" \"b\" { x = 1 }\noutput \"o\" { value = [a.b[0].x, a.b[*].x] }");
    assert_eq!(*run.output("output.o"), json!([1, [1]]));
    assert_eq!(run.messages(), ["a.b has neither count nor for_each, so that there is no key to it"]);
}

#[test]
fn what_goes_into_terraform_data_comes_out() {
    let run = run(
        "resource \"terraform_data\" \"d\" { input = { a = 1 } }\noutput \"o\" { value = terraform_data.d.output.a }",
    );
    assert_eq!(*run.output("output.o"), json!(1));
}

#[test]
fn provider_configurations_may_be_repeated() {
    let run = run(r#"
        provider "p" {
          alias    = "by"
          for_each = toset(["x", "y"])
          region   = each.key
        }
        resource "a" "b" {
          for_each = toset(["x"])
          provider = p.by[each.key]
        }
    "#);
    assert_eq!(run.addresses(), ["a.b[\"x\"]", "provider.p.by[\"x\"]", "provider.p.by[\"y\"]"]);
    assert_eq!(run.resource("provider.p.by[\"y\"]").values.get("region").unwrap().as_str(), Some("y"));
    assert!(run.diagnostics.is_empty(), "{:?}", run.messages());
}

/// Of a block that an unknown collection makes or not, the inside is known all the same.
#[test]
fn dynamic_blocks_over_the_unknown_are_there_or_not() {
    let run = run(r#"
        variable "names" { type = set(string) }
        resource "a" "b" {
          dynamic "x" {
            for_each = var.names
            content {
              name = x.value
              on   = false
            }
          }
        }
    "#);
    let blocks = run.resource("a.b").values.get("x").unwrap().as_list().unwrap();
    let Known::Choice(choice) = &blocks[0].as_unknown().unwrap().known else { panic!() };
    assert_eq!((&*choice.name, choice.otherwise.is_null()), ("length(var.names) > 0", true));
    assert_eq!(choice.then.get("on").unwrap().as_bool(), Some(false));
    assert!(choice.then.get("name").unwrap().is_unknown());
}
