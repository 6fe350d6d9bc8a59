//! Each form in each format, and the ways in which one does not count.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::finding::{Severity, Verdict};
use crate::resource::{Call, Format};
use crate::source::Span;
use crate::value::Origin;

const RULE: &str = "kms-key-rotation";
const OTHER: &str = "kms-deletion-window";

fn span(source: &Source, text: &str) -> Span {
    let start = source.text.find(text).unwrap_or_else(|| panic!("{text} in {}", source.text));
    Span::new(source.id, start, start + text.len())
}

fn finding(region: Span, header: Span, resource: Span) -> Finding {
    Finding {
        rule: RULE.into(),
        verdict: Verdict::Fail,
        severity: Severity::High,
        message: "rotation is off".to_string(),
        resource: "aws_kms_key.k".into(),
        instances: Vec::new(),
        resource_label: None,
        format: Format::Terraform,
        resource_type: "aws_kms_key".into(),
        region,
        resource_header: header,
        resource_span: resource,
        path: "rotation".to_string(),
        origin: Origin::none(),
        calls: Vec::new(),
        when: None,
        fix: None,
        suppressed: None,
    }
}

fn policy() -> Policy {
    Policy { require_reason: true, foreign: Vec::new(), today: NaiveDate::from_ymd_opt(2027, 1, 31).unwrap() }
}

fn known() -> Known<'static> {
    let rules = || [RULE, OTHER].map(Arc::from).into_iter().collect();
    let aliases = [("CKV_AWS_7", RULE), ("AWS-0065", RULE)];
    let aliases = aliases.map(|(theirs, ours)| (theirs.to_string(), vec![ours.into()]));
    Known { all: rules(), enabled: rules(), aliases: aliases.into_iter().collect(), hint: None }
}

/// Applies the suppressions in one file to a finding about `region` of the resource declared by `header`; the resource
/// reaches to the end of the file. The reason if it was suppressed, and the messages.
fn applied(path: &str, text: &str, region: &str, header: &str, policy: &Policy) -> (Option<Suppressed>, Vec<String>) {
    let sources = Sources::default();
    let source = sources.add(path, text);
    let header = span(&source, header);
    let resource = Span::new(source.id, header.start as usize, source.text.len());
    let mut findings = vec![finding(span(&source, region), header, resource)];
    let diagnostics = apply_inline(&mut findings, &[source.id], &sources, &known(), policy);
    let messages = diagnostics.into_iter().map(|d| format!("{} [{}]", d.message, source.slice(d.span.unwrap())));
    (findings.remove(0).suppressed, messages.collect())
}

/// The reason of the suppression that applied, if nothing was wrong with it.
fn reason(path: &str, text: &str, region: &str, header: &str) -> Option<String> {
    let (suppressed, messages) = applied(path, text, region, header, &policy());
    assert!(messages.is_empty() || suppressed.is_none(), "{messages:?} in {text}");
    suppressed.and_then(|suppressed| suppressed.reason)
}

#[test]
fn comments_of_hcl() {
    let main = |text: &str| reason("main.tf", text, "rotation = false", "resource \"k\"").as_deref() == Some("why not");
    assert!(main("resource \"k\" {\n  rotation = false # sealint: ignore[kms-key-rotation] why not\n}"));
    assert!(main("resource \"k\" {\n  rotation = false // sealint:ignore [ kms-key-rotation ] - why not\n}"));
    assert!(main("resource \"k\" {\n  rotation = false /* sealint: ignore[kms-key-rotation] why not */\n}"));
    assert!(main("resource \"k\" {\r\n  /* sealint: ignore[kms-key-rotation] why not */ rotation = false\r\n}"));
    assert!(main("resource \"k\" {\n  # sealint: ignore[kms-key-rotation] why not\n  # more\n  rotation = false\n}"));
    assert!(main("/*\n * sealint: ignore[kms-key-rotation] why not\n */\nresource \"k\" {\n  rotation = false\n}"));
    assert!(main("# sealint: ignore[kms-key-rotation] why not\nresource \"k\" {\n  rotation = false\n}"));
    assert!(main("resource \"k\" {\n  # sealint: ignore[kms-key-rotation] why not\n  a = 1\n  rotation = false\n}"));
    assert!(main(
        "resource \"k\" {\n # sealint: ignore[kms-key-rotation] why not\n b {\n  a = [1]\n  rotation = false\n }\n}"
    ));
}

#[test]
fn a_comment_elsewhere_does_not_count() {
    let main = |text: &str| reason("main.tf", text, "rotation = false", "resource \"k\"");
    assert_eq!(
        main("resource \"k\" {\n  a = 1 # sealint: ignore[kms-key-rotation] why not\n  rotation = false\n}"),
        None
    );
    assert_eq!(
        main("resource \"k\" {\n  b {\n  # sealint: ignore[kms-key-rotation] x\n }\n  rotation = false\n}"),
        None
    );
    assert_eq!(main("# sealint: ignore[kms-key-rotation] why not\n\nresource \"k\" {\n  rotation = false\n}"), None);
    assert_eq!(main("resource \"k\" {\n  a = \"sealint: ignore[kms-key-rotation] x\"\n  rotation = false\n}"), None);
}

#[test]
fn comments_of_yaml() {
    let text = "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      Rules:\n        - On: false\n";
    let with = |at: &str, comment: &str| {
        let text = text.replacen(at, &format!("{at}{comment}"), 1);
        reason("t.yaml", &text, "On: false", "Key:")
    };
    let comment = " # sealint: ignore[kms-key-rotation] why not";
    for place in ["On: false", "- On: false", "Rules:", "Properties:", "Key:"] {
        assert_eq!(with(place, comment).as_deref(), Some("why not"), "{place}");
    }
    assert_eq!(with("AWS::KMS::Key", comment), None);
    // What is absent has the whole block for its comments.
    let absent = text.replacen("AWS::KMS::Key", &format!("AWS::KMS::Key{comment}"), 1);
    assert_eq!(reason("t.yaml", &absent, "Key:", "Key:").as_deref(), Some("why not"));
    assert_eq!(reason("t.yaml", &absent, "Rules:", "Key:"), None);
    assert_eq!(with("Rules:", "\n          # sealint: ignore[kms-key-rotation] below").as_deref(), Some("below"));
    assert_eq!(with("Resources:", "\n  # sealint: ignore[kms-key-rotation] above").as_deref(), Some("above"));
}

#[test]
fn metadata_of_templates() {
    let yaml = |at: &str| {
        let entry = "Metadata:\n  sealint:\n    ignore:\n      - rule: kms-key-rotation\n        reason: why not\n        until: 2027-12-31\n";
        let indented = |by: &str| entry.lines().map(|line| format!("{by}{line}\n")).collect::<String>();
        let (top, resource) =
            if at == "top" { (indented(""), String::new()) } else { (String::new(), indented("    ")) };
        format!("{top}Resources:\n  Key:\n    Type: AWS::KMS::Key\n{resource}    Properties:\n      On: false\n")
    };
    for place in ["top", "resource"] {
        assert_eq!(reason("t.template", &yaml(place), "On: false", "Key:").as_deref(), Some("why not"), "{place}");
    }
    let json = r#"{"Resources": {"Key": {"Metadata": {"sealint": {"ignore": [{"rules": ["kms-key-rotation"], "reason": "r"}]}},
        "Properties": {"On": false}}}}"#;
    assert_eq!(reason("t.json", json, "\"On\": false", "\"Key\"").as_deref(), Some("r"));
    let (suppressed, messages) =
        applied("t.json", &json.replace("\"r\"", "\"\""), "\"On\": false", "\"Key\"", &policy());
    assert!(suppressed.is_none() && messages[0].starts_with("this suppression gives no reason"), "{messages:?}");
}

#[test]
fn the_comment_key_of_terraform_json() {
    let json = |at: &str| {
        let comment = r#""//": "sealint: ignore[kms-key-rotation] \"why\" not", "#;
        let text = r#"{"resource": {"aws_kms_key": {"a": {@other "x": {"y": 1}}, "k": {@key "rotation": false}}}}"#;
        let text = text.replace(&format!("@{at} "), comment).replace("@other ", "").replace("@key ", "");
        let attribute = reason("main.tf.json", &text, "\"rotation\": false", "\"k\"");
        let block = reason("main.tf.json", &text, "\"k\"", "\"k\"");
        assert_eq!(attribute, block);
        attribute
    };
    let list = "{\"resource\": {\"aws_kms_key\": {\"k\": {\n\"//\": [\n\"note\",\n\"sealint: ignore[kms-key-rotation] why\"\n], \"y\": 1}}}}";
    assert_eq!(reason("main.tf.json", list, "\"k\"", "\"k\"").as_deref(), Some("why"));
    assert_eq!(reason("main.tf.json", &list.replace("//", "tags"), "\"k\"", "\"k\""), None);
    assert!(json("key").is_some());
    assert_eq!(json("other"), None);
}

#[test]
fn what_does_not_count_is_reported() {
    let with = |comment: &str| {
        let text = format!("resource \"k\" {{\n  rotation = false # sealint: {comment}\n}}");
        let (suppressed, messages) = applied("main.tf", &text, "rotation = false", "resource \"k\"", &policy());
        (suppressed.is_some(), messages)
    };
    let refused = |comment: &str| {
        let (suppressed, messages) = with(comment);
        assert!(!suppressed && messages.len() == 1, "{comment}: {messages:?}");
        messages.concat()
    };
    assert!(refused("ignore[kms-key-rotation]").contains("no reason"));
    assert!(refused("ignore[kms-key-rotation] --").contains("no reason"));
    assert!(refused("ignore[kms-key-rotation] until=2027-01-30 soon").contains("expired"));
    assert!(refused("ignore[kms-key-rotation] until=tomorrow soon").contains("is no date"));
    assert!(refused("ignore[kms-key-rotatoin] x").contains("there is no rule `kms-key-rotatoin` [kms-key-rotatoin]"));
    assert!(refused("ignore[kms-deletion-window] x").contains("no finding of `kms-deletion-window`"));
    assert!(refused("ignore[kms-deletion-window] until=2027-01-30 soon").contains("expired"));
    assert!(refused("ignore kms-key-rotation x").contains("no suppression"));
    assert!(refused("ignore[] x").contains("no suppression"));
    assert!(refused("ignore[*] x").contains("there is no rule `*`"));
    assert_eq!(with("ignore[kms-key-rotation] until=2027-01-31 last day"), (true, Vec::new()));
    for end in ["until 2027-01-30", "(until: 2027-01-30)", "until:2027-01-30"] {
        let (suppressed, messages) = with(&format!("ignore[kms-key-rotation] soon {end}"));
        assert!(
            suppressed && messages.concat().starts_with("`until 2027-01-30` is part of the reason"),
            "{messages:?}"
        );
    }
    assert_eq!(with("ignore[kms-key-rotation] until spring"), (true, Vec::new()));
    let (suppressed, messages) = with("ignore[kms-key-rotation, kms-deletion-window] x");
    assert!(suppressed && messages == ["no finding of `kms-deletion-window` is suppressed here [kms-deletion-window]"]);
}

#[test]
fn a_comment_in_the_block_counts_for_what_is_absent_from_it() {
    let main = |text: &str| reason("main.tf", text, "resource \"k\"", "resource \"k\"");
    let comment = "# sealint: ignore[kms-key-rotation] why not";
    assert!(main(&format!("resource \"k\" {{\n  a = 1 {comment}\n}}")).is_some());
    assert!(main(&format!("resource \"k\" {{\n  a = 1\n  b {{\n    {comment}\n    c = 1\n  }}\n}}")).is_some());
    assert!(main(&format!("resource \"k\" {{\n  a = 1\n}}\nresource \"l\" {{\n  a = 1 {comment}\n}}")).is_none());
    // Not if it is the comment of a finding that is there.
    let sources = Sources::default();
    let text = format!("resource \"k\" {{\n  rotation = false {comment}\n}}\n");
    let source = sources.add("main.tf", text.as_str());
    let header = span(&source, "resource \"k\"");
    let at = |region: &str| finding(span(&source, region), header, source.span());
    let mut findings = vec![at("resource \"k\""), at("rotation = false")];
    assert_eq!(apply_inline(&mut findings, &[source.id], &sources, &known(), &policy()), []);
    assert_eq!(findings.iter().map(|finding| finding.suppressed.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn an_unused_comment_is_told_where_to_go() {
    let help = |text: &str| {
        let sources = Sources::default();
        let source = sources.add("main.tf", text);
        let header = span(&source, "resource");
        let mut findings = vec![finding(span(&source, "rotation = false"), header, header)];
        let diagnostics = apply_inline(&mut findings, &[source.id], &sources, &known(), &policy());
        diagnostics.into_iter().find_map(|diagnostic| diagnostic.help).unwrap_or_default()
    };
    let comment = "# sealint: ignore[kms-key-rotation] why not\n";
    let text = format!("{comment}\n\nresource \"k\" {{\n  rotation = false\n}}\n");
    assert!(help(&text).starts_with("there is one on line 5: move it there"), "{}", help(&text));
    assert_eq!(help(&text.replace("key-rotation]", "deletion-window]")), "take it out");
}

#[test]
fn metadata_in_another_form_is_reported() {
    let key =
        "Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Metadata: {sealint: @}\n    Properties:\n      On: false\n";
    let said = |form: &str| {
        let (suppressed, messages) = applied("t.yaml", &key.replace('@', form), "On: false", "Key:", &policy());
        assert!(suppressed.is_none() && messages.len() == 1, "{form}: {messages:?}");
        messages.concat()
    };
    for form in ["{ignore: {kms-key-rotation: because}}", "\"ignore[kms-key-rotation] because\"", "{skip: []}"] {
        assert!(said(form).starts_with("this metadata is no suppression"), "{form}: {}", said(form));
    }
    assert!(said("{ignore: [kms-key-rotation]}").starts_with("this suppression gives no reason"));
}

#[test]
fn a_reason_can_be_left_out_where_the_configuration_says_so() {
    let text = "resource \"k\" {\n  rotation = false # sealint: ignore[kms-key-rotation]\n}";
    let policy = Policy { require_reason: false, ..policy() };
    let (suppressed, messages) = applied("main.tf", text, "rotation = false", "resource \"k\"", &policy);
    assert_eq!((suppressed.unwrap().reason, messages), (None, Vec::new()));
}

#[test]
fn a_rule_that_does_not_run_is_not_unused() {
    let sources = Sources::default();
    let source = sources.add("main.tf", "a = 1 # sealint: ignore[kms-deletion-window] x");
    let known = Known { enabled: [Arc::from(RULE)].into_iter().collect(), ..known() };
    assert_eq!(apply_inline(&mut [], &[source.id], &sources, &known, &policy()), []);
}

#[test]
fn the_way_of_the_value_and_the_calls_are_part_of_the_path() {
    let sources = Sources::default();
    let comment = "# sealint: ignore[kms-key-rotation] why not\n";
    let variables = sources.add("variables.tf", format!("variable \"r\" {{\n  {comment}  default = false\n}}\n"));
    let calls = sources.add("main.tf", format!("{comment}module \"a\" {{}}\nmodule \"b\" {{}}\n"));
    let key = sources.add("key.tf", "resource \"k\" {\n  rotation = var.r\n}\n");
    let plain = finding(span(&key, "rotation = var.r"), span(&key, "resource"), key.span());
    let call = |text: &str| vec![Call { address: text.into(), span: span(&calls, text) }];
    let mut findings = vec![
        plain.clone(),
        Finding { origin: Origin::at(span(&variables, "false")), ..plain.clone() },
        Finding { calls: vec![call("module \"a\"")], ..plain.clone() },
        Finding { calls: vec![call("module \"a\""), call("module \"b\"")], ..plain },
    ];
    let files = [variables.id, calls.id, key.id];
    assert_eq!(apply_inline(&mut findings, &files, &sources, &known(), &policy()), []);
    let suppressed: Vec<bool> = findings.iter().map(|finding| finding.suppressed.is_some()).collect();
    assert_eq!(suppressed, [false, true, true, false]);
}

#[test]
fn comments_of_other_linters_count_only_where_that_is_wanted() {
    let text = |comment: &str| format!("resource \"k\" {{\n  a = 1\n  #{comment}\n  rotation = false\n}}");
    let with = |comment: &str, foreign: Vec<Foreign>| {
        let policy = Policy { foreign, ..policy() };
        let (suppressed, messages) = applied("main.tf", &text(comment), "rotation = false", "resource", &policy);
        assert!(messages.iter().all(|message| message.contains("expired")), "{messages:?}");
        suppressed.map(|suppressed| suppressed.reason.unwrap_or_default())
    };
    assert_eq!(with("checkov:skip=CKV_AWS_7:why not", vec![]), None);
    assert_eq!(with("checkov:skip=CKV_AWS_1,CKV_AWS_7:why not", vec![Foreign::Checkov]).as_deref(), Some("why not"));
    assert_eq!(with("checkov:skip=CKV_AWS_8:why not", vec![Foreign::Checkov]), None);
    assert_eq!(with("trivy:ignore:avd-aws-0065", vec![Foreign::Trivy]).as_deref(), Some(""));
    assert_eq!(with("tfsec:ignore:AWS-0065:exp:2027-01-31", vec![Foreign::Trivy]).as_deref(), Some(""));
    assert_eq!(with("trivy:ignore:AWS-0065:exp:2026-01-31", vec![Foreign::Trivy]), None);
    assert_eq!(with("trivy:ignore:*", vec![Foreign::Trivy]), None);
}

#[test]
fn entries_of_the_configuration() {
    let sources = Sources::default();
    let file = sources.add(
        "infra/sealint.toml",
        "[[per-path]]\npaths = [\"examples/\"]\nignore = [\"kms-key-rotation\"]\n\
         [[per-path]]\npaths = [\"test/\"]\nseverity = { kms-key-rotation = \"info\" }\n\
         [[suppress]]\nrules = [\"kms-key-rotation\"]\npaths = [\"legacy/*\"]\nresources = [\"aws_kms_key.*\"]\nreason = \"old\"\n\
         [[suppress]]\npaths = [\"legacy/\"]\nreason = \"expired\"\nuntil = \"2027-01-30\"\n\
         [[suppress]]\nreason = \"everything\"\n\
         [[suppress]]\nrules = [\"kms-deletion-window\"]\nreason = \"unused\"\n",
    );
    let (config, mistakes) = crate::config::parse(&file);
    assert_eq!(mistakes, []);
    let at = |path: &str| {
        let source = sources.add(path, "x");
        finding(source.span(), source.span(), source.span())
    };
    let mut findings =
        vec![at("infra/examples/a/main.tf"), at("infra/legacy/main.tf"), at("infra/main.tf"), at("infra/test/main.tf")];
    let folder = std::path::Path::new("infra");
    let (configured, mut diagnostics) = Configured::new(&config, file.id, folder, policy().today);
    diagnostics.extend(configured.apply(&mut findings, &sources));
    let left: Vec<(bool, Severity)> = findings.iter().map(|f| (f.suppressed.is_some(), f.severity)).collect();
    // What a part of the repository leaves out is counted as suppressed.
    assert_eq!(
        left,
        [(true, Severity::High), (true, Severity::High), (false, Severity::High), (false, Severity::Info)]
    );
    let places: Vec<&str> = diagnostics.iter().map(|d| file.slice(d.span.unwrap())).collect();
    assert_eq!(places, ["\"2027-01-30\"", "\"everything\"", "\"unused\""]);
}
