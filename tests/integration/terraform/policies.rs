//! Key policies in every form in which Terraform can hold them.

use super::check;

const RULE: &str = "kms-key-policy-public";

/// The principal of a statement, everyone or one role.
fn principal(public: bool) -> &'static str {
    if public { "*" } else { "arn:aws:iam::111122223333:role/keys" }
}

/// The rule finds the public one at `place` and nothing in its twin.
fn twins(make: &dyn Fn(bool) -> Vec<(&'static str, String)>, place: &str) {
    let run = |public| {
        let files = make(public);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        check(RULE, &files, &[])
    };
    assert_eq!(run(false), [""; 0]);
    assert_eq!(run(true), [format!("fail aws_kms_key.k {place}")]);
}

fn statement(principal: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Principal": {{"AWS": "{principal}"}}, "Action": "kms:*", "Resource": "*"}}"#)
}

#[test]
fn from_jsonencode() {
    let main = |public| {
        format!(
            "resource \"aws_kms_key\" \"k\" {{
  policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect    = \"Allow\"
      Principal = {{ AWS = \"{}\" }}
      Action    = \"kms:*\"
      Resource  = \"*\"
    }}]
  }})
}}
",
            principal(public)
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:6 \"*\"");
}

#[test]
fn from_a_heredoc() {
    let main = |public| {
        format!(
            "resource \"aws_kms_key\" \"k\" {{\n  policy = <<-EOT\n    {{\"Version\": \"2012-10-17\", \"Statement\": [\n      {}\n    ]}}\n  EOT\n}}\n",
            statement(principal(public))
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:4 \"*\"");
}

/// A key whose policy is the document `all`.
const FROM_DOCUMENT: &str = "resource \"aws_kms_key\" \"k\" {\n  policy = data.aws_iam_policy_document.all.json\n}\n";

/// A policy document.
fn document(name: &str, arguments: &str, identifier: &str) -> String {
    format!(
        "data \"aws_iam_policy_document\" \"{name}\" {{
  {arguments}
  statement {{
    sid       = \"Use\"
    actions   = [\"kms:*\"]
    resources = [\"*\"]
    principals {{
      type        = \"AWS\"
      identifiers = [\"{identifier}\"]
    }}
  }}
}}
"
    )
}

#[test]
fn from_a_policy_document() {
    let main = |public| format!("{FROM_DOCUMENT}{}", document("all", "", principal(public)));
    twins(&|public| vec![("main.tf", main(public))], "main.tf:12 \"*\"");
}

#[test]
fn from_a_source_document() {
    let merged = "data \"aws_iam_policy_document\" \"all\" {\n  source_policy_documents = [data.aws_iam_policy_document.base.json]\n}\n";
    let main = |public| format!("{FROM_DOCUMENT}{merged}{}", document("base", "", principal(public)));
    twins(&|public| vec![("main.tf", main(public))], "main.tf:15 \"*\"");
}

#[test]
fn from_an_overriding_document() {
    // The statement of the same Sid replaces the harmless one.
    let over = "override_policy_documents = [data.aws_iam_policy_document.over.json]";
    let main = |public| {
        let harmless = document("all", over, principal(false));
        format!("{FROM_DOCUMENT}{harmless}{}", document("over", "", principal(public)))
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:24 \"*\"");
}

#[test]
fn an_overridden_statement_counts_no_more() {
    let over = "override_policy_documents = [data.aws_iam_policy_document.over.json]";
    let public = document("all", over, principal(true));
    let text = format!("{FROM_DOCUMENT}{public}{}", document("over", "", principal(false)));
    assert_eq!(check(RULE, &[("main.tf", &text)], &[]), [""; 0]);
}

#[test]
fn from_dynamic_principals() {
    let main = |public| {
        format!(
            "{FROM_DOCUMENT}locals {{
  readers = {{ AWS = [\"{}\"] }}
}}
data \"aws_iam_policy_document\" \"all\" {{
  statement {{
    actions   = [\"kms:Decrypt\"]
    resources = [\"*\"]
    dynamic \"principals\" {{
      for_each = local.readers
      iterator = reader
      content {{
        type        = reader.key
        identifiers = reader.value
      }}
    }}
  }}
}}
",
            principal(public)
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:5 \"*\"");
}

#[test]
fn from_dynamic_statements() {
    let main = |public| {
        format!(
            "{FROM_DOCUMENT}variable \"grants\" {{
  default = [
    {{ who = \"arn:aws:iam::111122223333:root\", what = [\"kms:*\"] }},
    {{ who = \"{}\", what = [\"kms:Decrypt\"] }},
  ]
}}
data \"aws_iam_policy_document\" \"all\" {{
  dynamic \"statement\" {{
    for_each = var.grants
    content {{
      actions   = statement.value.what
      resources = [\"*\"]
      principals {{
        type        = \"AWS\"
        identifiers = [statement.value.who]
      }}
    }}
  }}
}}
",
            principal(public)
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:7 \"*\"");
}

#[test]
fn from_a_resource_of_its_own() {
    let main = |public| {
        format!(
            "resource \"aws_kms_key\" \"k\" {{}}
resource \"aws_kms_key_policy\" \"k\" {{
  key_id = aws_kms_key.k.key_id
  policy = jsonencode({{
    Version   = \"2012-10-17\"
    Statement = [{{ Effect = \"Allow\", Principal = {{ AWS = \"{}\" }}, Action = \"kms:*\", Resource = \"*\" }}]
  }})
}}
",
            principal(public)
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:6 \"*\"");
}

#[test]
fn from_a_template_file() {
    let main = |public| {
        format!(
            "resource \"aws_kms_key\" \"k\" {{\n  policy = templatefile(\"${{path.module}}/key.json.tftpl\", {{ readers = [\"{}\"] }})\n}}\n",
            principal(public)
        )
    };
    let template = "{\"Version\": \"2012-10-17\", \"Statement\": [\n%{ for reader in readers ~}\n  {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"${reader}\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}\n%{ endfor ~}\n]}\n";
    let files = |public| vec![("main.tf", main(public)), ("key.json.tftpl", template.to_owned())];
    twins(&files, "key.json.tftpl:3 \"${reader}\"");
}

#[test]
fn from_a_file() {
    let main = "resource \"aws_kms_key\" \"k\" {\n  policy = file(\"${path.module}/key.json\")\n}\n";
    let policy =
        |public| format!("{{\"Version\": \"2012-10-17\", \"Statement\": [\n  {}\n]}}\n", statement(principal(public)));
    twins(&|public| vec![("main.tf", main.to_owned()), ("key.json", policy(public))], "key.json:2 \"*\"");
}

#[test]
fn only_where_a_condition_holds() {
    let text = |public: &str| {
        format!(
            "variable \"shared\" {{
  type = bool
}}
resource \"aws_kms_key\" \"k\" {{
  policy = jsonencode({{
    Version = \"2012-10-17\"
    Statement = [{{
      Effect    = \"Allow\"
      Principal = {{ AWS = var.shared ? \"{public}\" : \"arn:aws:iam::111122223333:root\" }}
      Action    = \"kms:*\"
      Resource  = \"*\"
    }}]
  }})
}}
"
        )
    };
    assert_eq!(check(RULE, &[("main.tf", &text("arn:aws:iam::111122223333:role/a"))], &[]), [""; 0]);
    let open = check(RULE, &[("main.tf", &text("*"))], &[]);
    assert_eq!(open, ["open aws_kms_key.k main.tf:9 \"*\", fails when var.shared is true"]);
}

/// A document about a bucket that lets everyone read.
fn open_bucket(name: &str, arguments: &str) -> String {
    format!(
        "data \"aws_iam_policy_document\" \"{name}\" {{
  {arguments}
  statement {{
    actions   = [\"s3:GetObject\"]
    resources = [\"arn:aws:s3:::downloads/*\"]
    principals {{
      type        = \"AWS\"
      identifiers = [\"*\"]
    }}
  }}
}}
"
    )
}

#[test]
fn a_document_that_nothing_holds_is_judged_where_it_is_made() {
    let rule = "s3-bucket-policy-public";
    let found = |text: &str| check(rule, &[("main.tf", text)], &[]);
    let alone = open_bucket("all", "");
    let expected = ["fail data.aws_iam_policy_document.all main.tf:8 \"*\""];
    assert_eq!(found(&alone), expected);
    assert_eq!(
        found(&format!("{alone}output \"policy\" {{\n  value = data.aws_iam_policy_document.all.json\n}}\n")),
        expected
    );

    let held = "resource \"aws_s3_bucket_policy\" \"downloads\" {\n  bucket = \"downloads\"\n  policy = data.aws_iam_policy_document.all.json\n}\n";
    assert_eq!(found(&format!("{alone}{held}")), ["fail aws_s3_bucket_policy.downloads main.tf:8 \"*\""]);

    // It is for a resource that this configuration leaves out.
    let absent = held.replace("{\n  bucket", "{\n  count = 0\n  bucket");
    assert_eq!(found(&format!("{alone}{absent}")), [""; 0]);

    // The part of a document is judged with the whole.
    let whole = "data \"aws_iam_policy_document\" \"whole\" {\n  source_policy_documents = [data.aws_iam_policy_document.all.json]\n}\n";
    assert_eq!(found(&format!("{alone}{whole}")), ["fail data.aws_iam_policy_document.whole main.tf:8 \"*\""]);

    // Of what a whole policy needs nobody can tell.
    assert_eq!(check("s3-bucket-https-only", &[("main.tf", &alone)], &[]), [""; 0]);
}

#[test]
fn where_the_text_names_the_caller() {
    let head = "data \"aws_caller_identity\" \"me\" {}\n\nresource \"aws_kms_key\" \"k\" {\n  policy = ";
    let json = |principal: &str| {
        format!(
            "{{\"Sid\": \"All\", \"Effect\": \"Allow\", \"Principal\": {{\"AWS\": {principal}}}, \"Action\": [\"kms:Decrypt\", \"kms:CreateGrant\"], \"Resource\": \"*\"}}"
        )
    };
    let heredoc = json("\"${data.aws_caller_identity.me.arn}\"");
    let heredoc = format!("{head}<<EOF\n{{\"Statement\": [\n  {heredoc}\n]}}\nEOF\n}}\n");
    let object = json("data.aws_caller_identity.me.arn").replace("\": ", "\" = ");
    let object = format!("{head}jsonencode({{\n  Statement = [\n    {object}\n  ]\n}})\n}}\n");
    for text in [heredoc, object] {
        // Nothing of the data source is the value's text: the finding stands in the policy.
        let found = check("kms-key-policy-separation", &[("main.tf", &text)], &[]);
        let lines = |line: &String| line.contains("main.tf:6 ");
        assert!(found.len() > 1 && found.iter().all(lines), "{found:?}");
    }
}

/// Statements of which nobody knows whether they are there change the numbers of others, not what those say.
#[test]
fn behind_statements_that_are_there_or_not() {
    let main = |public| {
        format!(
            "variable \"readers\" {{ type = set(string) }}
data \"aws_iam_policy_document\" \"p\" {{
  dynamic \"statement\" {{
    for_each = var.readers
    content {{
      actions   = [\"kms:DescribeKey\"]
      resources = [\"*\"]
      principals {{
        type        = \"Service\"
        identifiers = [\"logs.amazonaws.com\"]
      }}
    }}
  }}
  statement {{
    actions   = [\"kms:*\"]
    resources = [\"*\"]
    principals {{
      type        = \"AWS\"
      identifiers = [\"{}\"]
    }}
  }}
}}
resource \"aws_kms_key\" \"k\" {{
  policy = coalesce(null, data.aws_iam_policy_document.p.json)
}}
",
            principal(public)
        )
    };
    twins(&|public| vec![("main.tf", main(public))], "main.tf:19 \"*\"");
}
