use super::Memory;
use crate::parse::json;
use crate::resource::Unit;
use crate::source::{FileId, Source};
use crate::terraform::plan;

const PLAN: &str = r#"{
  "format_version": "1.2",
  "planned_values": {
    "root_module": {
      "resources": [
        { "address": "aws_s3_bucket.b[\"x\"]", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "index": "x",
          "values": { "bucket": "name", "tags": null, "secret": "s" }, "sensitive_values": { "secret": true } }
      ],
      "child_modules": [
        { "address": "module.m[0]", "resources": [
          { "address": "module.m[0].aws_s3_bucket_acl.a[\"x\"]", "mode": "managed", "type": "aws_s3_bucket_acl",
            "name": "a", "index": "x", "values": { "acl": "private", "rule": [{ "days": 1 }] } }
        ] }
      ]
    }
  },
  "resource_changes": [
    { "address": "module.m[0].aws_s3_bucket_acl.a[\"x\"]",
      "change": { "actions": ["create"], "after_unknown": { "bucket": true, "id": true, "rule": [{ "key": true }] } } }
  ],
  "configuration": {
    "root_module": {
      "resources": [{ "address": "aws_s3_bucket.b", "expressions": { "bucket": { "constant_value": "name" } } }],
      "module_calls": {
        "m": {
          "expressions": { "ids": { "references": ["aws_s3_bucket.b[\"x\"].id", "aws_s3_bucket.b[\"x\"]"] } },
          "module": {
            "resources": [{ "address": "aws_s3_bucket_acl.a",
              "expressions": { "bucket": { "references": ["var.ids"] } } }]
          }
        }
      }
    }
  }
}"#;

fn unit() -> (Source, Unit) {
    let source = Source::new(FileId(9), "plan.json", PLAN);
    let (document, problems) = json::parse(&source);
    assert!(problems.is_empty() && plan::is_plan(&document));
    let (unit, problems) = plan::evaluate(&document, source.id);
    assert!(problems.is_empty());
    (source, unit)
}

#[test]
fn planned_values_and_what_is_known_after_deployment_come_together() {
    let (source, unit) = unit();
    let [bucket, acl] = unit.resources.as_slice() else { panic!() };
    assert_eq!(bucket.values.get("bucket").unwrap().as_str(), Some("name"));
    assert!(bucket.values.get("secret").unwrap().sensitive);
    assert_eq!(source.slice(bucket.values.entry("bucket").unwrap().place.unwrap()), "\"name\"");
    assert_eq!(&*acl.calls[0].address, "module.m[0]");
    // The reference leads through the module's argument to the bucket.
    let reference = acl.values.get("bucket").unwrap().as_unknown().unwrap().reference().unwrap();
    assert_eq!((&*reference.address, &*reference.attribute), ("aws_s3_bucket.b[\"x\"]", "id"));
    let rule = &acl.values.get("rule").unwrap().as_list().unwrap()[0];
    assert!(rule.get("key").unwrap().is_unknown());
    assert!(!rule.get("days").unwrap().is_unknown());
}

#[test]
fn places_come_from_the_configuration_where_it_is_at_hand() {
    let main = "resource \"aws_s3_bucket\" \"b\" {\n  for_each = toset([\"x\"])\n  bucket   = \"name\"\n}\n";
    let memory = Memory::new(&[("main.tf", main)]);
    let configuration = memory.run().evaluated.remove(0).unit;
    let (_, unit) = unit();
    let placed = plan::onto(unit, &configuration);
    let bucket = &placed.resources[0];
    let file = memory.sources.get(bucket.header.file).unwrap();
    assert_eq!(file.slice(bucket.header), "resource \"aws_s3_bucket\" \"b\"");
    assert_eq!(file.slice(bucket.values.entry("bucket").unwrap().place.unwrap()), "\"name\"");
}
