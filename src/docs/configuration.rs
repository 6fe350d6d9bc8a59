//! The reference of `sealint.toml`, made from its JSON schema.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::{cell, made_from};
use crate::config;
use crate::rules::metadata::Metadata;

const HEAD: &str = "# Configuration

sealint needs no configuration. `sealint init` writes a commented `sealint.toml` that fits the repository; everything in
it is optional.

- A run has one `sealint.toml`, whatever it checks, so that a hook that is given the files of a commit judges as a run over
  everything does: the nearest from the current folder up to the root of the repository, never one outside of it. Outside
  of a repository it is the one in the current folder. For paths in another repository it is the one at its root. One
  further down does not count, and is warned about: what differs in parts of a repository is set by `[[per-path]]`.
  `--config FILE` names another, `--no-config` reads none.
- Flags count over the file: `--profile` over its `select` too, and a rule that `--select` names over its `ignore`.
  `--ignore` and the file's `ignore` add up.
- Paths and patterns are relative to the file's folder. Patterns are like those of `.gitignore`.
- An unknown key, a wrong value or a file or folder that is not there is an error with its place; what is right still
  counts, and the run exits with 2.
- Editors complete and check the file by its schema, [sealint.schema.json](schema/sealint.schema.json):
  `\"$schema\" = \"…/docs/schema/sealint.schema.json\"`.

## Which files are read

- In a folder, with everything below it: Terraform's and OpenTofu's files, templates, plans and policies, which are told
  by their content. A YAML or JSON file with `Resources` is a template if it has `AWSTemplateFormatVersion`, `Transform` or
  a resource with a `Type` such as `AWS::SQS::Queue`.
- Not read are what `.gitignore` or `.ignore` names, files and folders whose names begin with a dot, `node_modules`, what `exclude`
  matches, and links that lead out of the folder. `-v` lists them, and the summary counts them as skipped. `terraform.tfvars`
  and `*.auto.tfvars` are read in every Terraform folder, ignored by git or not: Terraform loads them, too.
- What is named is read: a file whatever its name, a hidden or ignored folder, and what `exclude` matches, unless
  `--force-exclude` is given, as a hook does.
- A *folder* that is named is judged alone: the variables of a module in it have the values that its own files give them.
  A *file* that is named, as by a hook, is judged with what stands around it: the other files of its folder and, in a Git
  repository, the modules that call its module. So `sealint check modules/queue/main.tf` knows what callers pass, and
  `sealint check modules/queue` does not; a check of the whole repository does.
- `-` is standard input, whose format is told by its content; `--stdin-filename FILE` says what it is, and puts it in the
  place of that file. `sealint fix` prints it mended and touches no file.

";

/// How findings are suppressed in the files themselves.
const IN_FILES: &str = r#"
## Suppressions in the files

A suppression names its rules and says why; `until` is the last day on which it counts. Each way to a resource is suppressed
by itself: the comment at one call of a module leaves what its other calls lead to. Suppressions that are unused, expired,
without a reason or for a rule that does not exist are reported.

**Comments** (`#` in YAML; `#`, `//` and `/* */` in HCL) count on any line of a finding's path: the attribute, the headers of
the blocks around it, the resource, the call of its module, the place where the value was written. A comment on a line of its
own belongs to the line below and, if it comes first in a block, to the block's header. What is absent has no line: such a
finding points to the header of its block, and a comment on any line of that block counts for it.

```hcl
resource "aws_kms_key" "k" {
  # sealint: ignore[kms-key-rotation, kms-key-policy-explicit] until=2027-01-31 is replaced in January
  enable_key_rotation = false
}
```

**`Metadata`** of a CloudFormation or SAM resource counts for the resource, that of the template for all of the template:

```yaml
Resources:
  Key:
    Type: AWS::KMS::Key
    Metadata:
      sealint:
        ignore:
          - rule: kms-key-rotation      # or rules: [kms-key-rotation, …]
            reason: is replaced in January
            until: 2027-01-31           # may be left out
```

**`"//"`** in Terraform's JSON holds what a comment would, as a string or in a list of strings. It counts for the object that
it stands in: a resource, a block, the call of a module, a variable.

```json
{"resource": {"aws_kms_key": {"k": {
  "//": "sealint: ignore[kms-key-rotation] until=2027-01-31 is replaced in January",
  "enable_key_rotation": false
}}}}
```

Without touching the files, `[[suppress]]` accepts findings by rule, path and address.

## Paths in reports

`text`, `concise` and `json` name files relative to the folder that sealint was run in, as compilers do. `sarif`, `github`,
`gitlab`, `junit` and `markdown` name them relative to the root of the Git repository, wherever sealint was run in it; without
a repository, relative to that folder too. Baselines hold paths relative to the root of the repository or, without one, to the
folder of the baseline.
"#;

/// The page.
pub(super) fn page(rules: &[Arc<Metadata>]) -> String {
    let schema = config::schema(rules);
    let mut text = made_from("the structures in `src/config` and the rules' metadata");
    text.push_str(HEAD);
    let top = properties(&schema);
    let plain = |name: &str, property: &Json| section(&schema, name, property).is_none();
    let _ = writeln!(text, "## At the top\n");
    table(&schema, top.iter().filter(|(name, property)| plain(name, property)), &mut text);
    for (name, property) in top {
        if let Some((heading, inner)) = section(&schema, name, property) {
            let _ = writeln!(text, "\n## `{heading}`\n\n{}\n", description(&schema, property));
            table(&schema, properties(inner).iter(), &mut text);
        }
    }
    text.push_str(IN_FILES);
    let _ = writeln!(
        text,
        "\n## Parameters of rules\n\n```toml\n[rules.log-group-retention]\nminimum_days = 90\n```\n\n| rule | parameter \
         | value | default | |\n|---|---|---|---|---|"
    );
    for (rule, parameter) in rules.iter().flat_map(|rule| rule.parameters.iter().map(move |p| (rule, p))) {
        let default = match parameter.default.as_array() {
            Some(items) if items.len() > 2 => format!("{} entries", items.len()),
            _ => format!("`{}`", parameter.default),
        };
        let (name, value, what) = (&parameter.name, parameter.ty.phrase(), cell(&parameter.description));
        let _ = writeln!(text, "| [{0}](rules/{0}.md) | `{name}` | {value} | {default} | {what} |", rule.id);
    }
    text
}

/// The heading and the structure of a property that is a table or a list of tables.
fn section<'a>(schema: &'a Json, name: &str, property: &'a Json) -> Option<(String, &'a Json)> {
    if name == "rules" {
        return Some(("[rules.RULE]".to_owned(), property.get("additionalProperties").map(|p| resolve(schema, p))?));
    }
    let inner = resolve(schema, property);
    if inner.get("properties").is_some() {
        return Some((format!("[{name}]"), inner));
    }
    let items = resolve(schema, property.get("items")?);
    items.get("properties").is_some().then(|| (format!("[[{name}]]"), items))
}

fn table<'a>(schema: &Json, properties: impl Iterator<Item = (&'a String, &'a Json)>, text: &mut String) {
    let _ = writeln!(text, "| key | value | |\n|---|---|---|");
    for (name, property) in properties {
        let default = match property.get("default") {
            Some(Json::Null) | None => String::new(),
            Some(Json::Array(items)) if items.is_empty() => String::new(),
            Some(Json::Object(entries)) if entries.is_empty() => String::new(),
            Some(default) => format!(" Default: `{default}`."),
        };
        let what = format!("{}{default}", description(schema, property));
        let _ = writeln!(text, "| `{name}` | {} | {} |", cell(&kind(schema, property)), cell(&what));
    }
}

/// What values a property takes.
fn kind(schema: &Json, property: &Json) -> String {
    let property = resolve(schema, property);
    if let Some(names) = names(property) {
        return names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    }
    let ty = match property.get("type") {
        Some(Json::Array(types)) => types.iter().filter_map(Json::as_str).find(|ty| *ty != "null"),
        Some(Json::String(ty)) => Some(ty.as_str()),
        _ => None,
    };
    match ty {
        Some("array") => {
            let items = property.get("items").map(|items| kind(schema, items)).unwrap_or_default();
            if items.starts_with('`') { format!("list of {items}") } else { format!("list of {items}s") }
        }
        Some("object") => match property.get("additionalProperties").filter(|more| more.is_object()) {
            Some(values) => format!("table of {}s", kind(schema, values)).replace("`s", "`"),
            None => "table".to_owned(),
        },
        Some(ty) => ty.to_owned(),
        None => "value".to_owned(),
    }
}

/// The names of an enumeration.
fn names(property: &Json) -> Option<Vec<&str>> {
    if let Some(names) = property.get("enum").and_then(Json::as_array) {
        return Some(names.iter().filter_map(Json::as_str).collect());
    }
    let variants = property.get("oneOf")?.as_array()?;
    Some(variants.iter().filter_map(|variant| variant.get("const").or(variant.pointer("/enum/0"))?.as_str()).collect())
}

fn properties(structure: &Json) -> &Map<String, Json> {
    static NONE: std::sync::LazyLock<Map<String, Json>> = std::sync::LazyLock::new(Map::new);
    structure.get("properties").and_then(Json::as_object).unwrap_or(&NONE)
}

fn description(schema: &Json, property: &Json) -> String {
    let own = property.get("description").or_else(|| resolve(schema, property).get("description"));
    own.and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// The structure that a property refers to, also where it may be left out.
fn resolve<'a>(schema: &'a Json, property: &'a Json) -> &'a Json {
    let inner = property
        .get("anyOf")
        .or_else(|| property.get("allOf"))
        .and_then(Json::as_array)
        .and_then(|parts| parts.iter().find(|part| part.get("$ref").is_some()))
        .unwrap_or(property);
    let target = inner.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix('#'));
    target.and_then(|path| schema.pointer(path)).unwrap_or(property)
}
