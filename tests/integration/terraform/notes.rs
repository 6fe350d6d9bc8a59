//! Problems of one cause are told as one.

use super::{folder, report, sealint};

#[test]
fn references_of_a_fragment_to_what_it_does_not_declare() {
    let text = "resource \"aws_kms_key\" \"k\" {
  description         = var.description
  enable_key_rotation = var.rotate
  policy              = data.aws_iam_policy_document.key.json
  tags                = local.tags
  is_enabled          = var.rotate
}
";
    let folder = folder(&[("main.tf", text), ("other/main.tf", text)]);
    let report = report(folder.path(), "kms-key-rotation", &[]);
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert_eq!(diagnostics[0]["code"], "undeclared");
    assert_eq!(
        diagnostics[0]["message"],
        "no variable \"description\" is declared in this module; 4 other references of this file lead nowhere"
    );
    assert_eq!(report["results"][0]["verdict"], "open");
}

#[test]
fn what_a_fragment_does_not_declare_leaves_the_rest_of_a_policy_known() {
    let text = "resource \"aws_kms_key\" \"k\" {
  policy = jsonencode({
    Statement = [
      for sid in [\"${var.team}-all\"] : {
        Sid       = sid
        Effect    = \"Allow\"
        Principal = \"*\"
        Action    = \"kms:*\"
        Resource  = \"${aws_kms_key.elsewhere.arn}${local.suffix}\"
      }
    ]
  })
}
";
    let folder = folder(&[("main.tf", text)]);
    let report = report(folder.path(), "kms-key-policy-public", &[]);
    assert_eq!(report["results"][0]["verdict"], "fail", "{report}");
}

#[test]
fn a_condition_on_what_a_fragment_does_not_declare_has_its_two_outcomes() {
    let text = "resource \"aws_kms_key\" \"k\" {
  enable_key_rotation = var.production ? false : null
}
";
    let folder = folder(&[("main.tf", text)]);
    let report = report(folder.path(), "kms-key-rotation", &[]);
    assert_eq!(report["results"][0]["verdict"], "fail", "{report}");
}

#[test]
fn modules_that_are_not_there_are_one_note_that_says_how_to_get_them() {
    let text = "module \"a\" {
  source = \"example/bucket/aws\"
}
module \"b\" {
  source = \"git::https://example.com/modules.git//key?ref=v1\"
}
module \"c\" {
  source = \"./gone\"
}
";
    let folder = folder(&[("main.tf", text)]);
    let output = sealint(folder.path(), &["check", "--no-config"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("missing-module").count(), 2, "{said}");
    assert_eq!(said.matches("terraform init").count(), 1, "{said}");
    assert!(said.contains("there is no module at this path") && said.contains("the same holds for one other call"));
    assert_eq!(output.status.code(), Some(0));
}
