//! Findings in modules: they stand at the attribute in the module and carry the way of their callers.

use serde_json::Value;

use super::{check, folder, report, said, sealint};

const ROTATION: &str = "kms-key-rotation";

const KEY: &str = "variable \"settings\" {
  type = object({
    rotate = optional(bool, false)
  })
  default = {}
}
resource \"aws_kms_key\" \"k\" {
  enable_key_rotation     = var.settings.rotate
  deletion_window_in_days = 7
}
";

const SETTING: &str = "key/main.tf:8 enable_key_rotation     = var.settings.rotate";

/// The steps of each way in JSON: `KIND FILE:LINE NAME`.
fn steps(way: &Value) -> Vec<String> {
    let steps = way.as_array().unwrap().iter().map(|step| {
        let (kind, file) = (step["step"].as_str().unwrap(), step["file"].as_str().unwrap());
        let name = step["name"].as_str().map(|name| format!(" {name}")).unwrap_or_default();
        format!("{kind} {file}:{}{name}", step["region"]["start_line"])
    });
    steps.collect()
}

#[test]
fn one_defect_of_a_module_is_one_finding_with_all_its_calls() {
    let main = "module \"one\" {
  source = \"./key\"
}
module \"many\" {
  source   = \"./key\"
  for_each = toset([\"x\", \"y\"])
}
";
    let folder = folder(&[("main.tf", main), ("key/main.tf", KEY)]);
    let report = report(folder.path(), "kms-key-deletion-window", &[]);
    let place = "key/main.tf:9 deletion_window_in_days = 7";
    assert_eq!(said(folder.path(), &report), [format!("fail module.one.aws_kms_key.k {place}")]);
    let result = &report["results"][0];
    let instances =
        ["module.one.aws_kms_key.k", "module.many[\"x\"].aws_kms_key.k", "module.many[\"y\"].aws_kms_key.k"];
    assert_eq!(result["instances"], serde_json::json!(instances));
    let calls: Vec<Vec<String>> = result["calls"].as_array().unwrap().iter().map(steps).collect();
    let expected =
        ["call main.tf:1 module.one", "call main.tf:4 module.many[\"x\"]", "call main.tf:4 module.many[\"y\"]"];
    assert_eq!(calls, expected.map(|call| vec![call.to_owned()]));
}

#[test]
fn the_value_of_a_caller_is_the_callers_defect() {
    let main = "module \"on\" {
  source   = \"./key\"
  settings = { rotate = true }
}
module \"off\" {
  source   = \"./key\"
  settings = { rotate = false }
}
module \"unset\" {
  source = \"./key\"
}
";
    let folder = folder(&[("main.tf", main), ("key/main.tf", KEY)]);
    let report = report(folder.path(), ROTATION, &[]);
    let fails = |module: &str| format!("fail module.{module}.aws_kms_key.k {SETTING}");
    assert_eq!(said(folder.path(), &report), [fails("off"), fails("unset")]);
    let ways: Vec<_> = report["results"].as_array().unwrap().iter().map(|result| steps(&result["origin"])).collect();
    assert_eq!(ways[0], ["written main.tf:7", "argument main.tf:7 settings"]);
    assert_eq!(ways[1], ["written key/main.tf:3"]);
}

#[test]
fn sarif_and_text_show_the_way() {
    let main = "locals {
  settings = {
    rotate = false
  }
}
module \"outer\" {
  source   = \"./outer\"
  settings = local.settings
}
";
    let outer = "variable \"settings\" {}
module \"key\" {
  source   = \"../key\"
  settings = var.settings
}
";
    let folder = folder(&[("main.tf", main), ("outer/main.tf", outer), ("key/main.tf", KEY)]);
    let arguments = ["check", "--no-config", "--select", ROTATION, "--format"];
    let output = sealint(folder.path(), &[&arguments[..], &["sarif"]].concat());
    let sarif: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    let physical = |location: &Value| {
        let place = &location["physicalLocation"];
        format!("{}:{}", place["artifactLocation"]["uri"].as_str().unwrap(), place["region"]["startLine"])
    };
    assert_eq!(physical(&result["locations"][0]), "key/main.tf:8");
    let flow = result["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let flow: Vec<String> = flow.iter().map(|step| physical(&step["location"])).collect();
    let calls = ["main.tf:6", "outer/main.tf:2"];
    let value = ["main.tf:3", "main.tf:8", "outer/main.tf:4"];
    assert_eq!(flow[..2], calls);
    assert!(value.iter().all(|place| flow.contains(&(*place).to_owned())), "{flow:?}");
    assert_eq!(flow.last().unwrap(), "key/main.tf:8");

    let output = sealint(folder.path(), &[&arguments[..], &["text"]].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    for label in [
        "key/main.tf:8:3",
        "module.outer.module.key.aws_kms_key.k",
        "via: module.outer (main.tf:6:1)",
        "module.outer.module.key (outer/main.tf:2:1)",
        "passed as argument `settings`",
        "the value is written here",
    ] {
        assert!(text.contains(label), "{label} is missing in\n{text}");
    }
}

#[test]
fn what_is_taken_out_of_an_argument_has_come_its_way() {
    let key = |rotate: &str| {
        format!(
            "variable \"all\" {{
  type = any
}}
resource \"aws_kms_key\" \"k\" {{
  for_each            = var.all
  enable_key_rotation = {rotate}
}}
"
        )
    };
    let main = "module \"keys\" {
  source = \"./key\"
  all = {
    a = { rotate = [false] }
  }
}
";
    for rotate in [
        "each.value.rotate[0]",
        "one(each.value.rotate)",
        "element(lookup(each.value, \"rotate\"), 0)",
        "flatten(values(each.value))[0]",
        "[for rotate in each.value.rotate : rotate][0]",
        "merge({}, each.value).rotate[0]",
        "one(each.value[\"rotate\"][*])",
        "concat(each.value.rotate, [true])[0]",
        "try(each.value.rotate[0], true)",
        "coalesce(each.value.rotate...)",
    ] {
        let folder = folder(&[("main.tf", main), ("key/main.tf", &key(rotate))]);
        let report = report(folder.path(), ROTATION, &[]);
        assert_eq!(report["diagnostics"], serde_json::json!([]), "{rotate}");
        let way = steps(&report["results"][0]["origin"]);
        assert_eq!(way.first().unwrap(), "written main.tf:4", "{rotate}");
        assert!(way.contains(&"argument main.tf:3 all".to_owned()), "{rotate}: {way:?}");
    }
}

#[test]
fn a_module_is_judged_in_its_callers_light_and_once() {
    let main =
        |rotate: &str| format!("module \"key\" {{\n  source   = \"./key\"\n  settings = {{ rotate = {rotate} }}\n}}\n");
    assert_eq!(check(ROTATION, &[("main.tf", &main("true")), ("key/main.tf", KEY)], &[]), [""; 0]);
    assert_eq!(check(ROTATION, &[("main.tf", &main("false")), ("key/main.tf", KEY)], &[]).len(), 1);
    // Nobody calls it: its own defaults count.
    assert_eq!(check(ROTATION, &[("key/main.tf", KEY)], &[]), [format!("fail aws_kms_key.k {SETTING}")]);
}
