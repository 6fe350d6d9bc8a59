//! One report with everything in it, in every format.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::*;
use crate::diagnostic::{Code, Level};
use crate::finding::{Edit, Fix, Suppressed};
use crate::resource::{Call, Format as Language};
use crate::rules::metadata::{Precision, Profile, Subject, Tags};
use crate::rules::remediation::Remediation;
use crate::source::{Source, Span};
use crate::value::{HopKind, Origin};

const MAIN: &str =
    "# Schlüssel für die Ablage\r\nmodule \"keys\" {\r\n  source = \"./keys\"\r\n  rotate = var.rotate\r\n}\r\n";
const VARIABLES: &str = "variable \"rotate\" {\n  default = false # 時々\n}\n";
const KEYS: &str =
    "resource \"aws_kms_key\" \"k\" {\n  description = \"\u{1b}[31mé\"\n  enable_key_rotation = var.rotate\n}\n";

struct Sample {
    sources: Sources,
    findings: Vec<Finding>,
    diagnostics: Vec<Diagnostic>,
    rules: Vec<Arc<Metadata>>,
}

fn span(source: &Source, text: &str) -> Span {
    let start = source.text.find(text).unwrap();
    Span::new(source.id, start, start + text.len())
}

fn sample() -> Sample {
    let sources = Sources::default();
    let (main, variables, keys) =
        (sources.add("main.tf", MAIN), sources.add("variables.tf", VARIABLES), sources.add("keys/key ring.tf", KEYS));
    let region = span(&keys, "enable_key_rotation = var.rotate");
    let finding = Finding {
        rule: "kms-key-rotation".into(),
        verdict: Verdict::Fail,
        severity: Severity::High,
        message: "automatic rotation of the key is off".to_string(),
        resource: "module.keys.aws_kms_key.k[\"a\"]".into(),
        instances: vec!["module.keys.aws_kms_key.k[\"a\"]".into(), "module.keys.aws_kms_key.k[\"b\"]".into()],
        resource_label: None,
        format: Language::Terraform,
        resource_type: "aws_kms_key".into(),
        region,
        resource_header: span(&keys, "resource \"aws_kms_key\" \"k\""),
        resource_span: keys.span(),
        path: "rotation".to_string(),
        origin: Origin::at(span(&variables, "false"))
            .hop(span(&main, "var.rotate"), HopKind::Argument("rotate".into()))
            .hop(span(&keys, "var.rotate"), HopKind::Reference("var.rotate".into())),
        calls: vec![vec![Call { address: "module.keys".into(), span: span(&main, "module \"keys\"") }]],
        when: None,
        fix: Some(Fix {
            title: "set `enable_key_rotation = true`".to_string(),
            safe: true,
            edits: vec![Edit { span: region, text: "enable_key_rotation = true".to_string() }],
        }),
        suppressed: None,
    };
    let open = Finding {
        rule: "kms-deletion-window".into(),
        verdict: Verdict::Open,
        severity: Severity::Low,
        message: "the key\u{1b}]0;x\u{7} can be deleted within a week".to_string(),
        region: span(&keys, "resource \"aws_kms_key\" \"k\""),
        origin: Origin::none(),
        when: Some("fails when `var.days` is \"7\"".to_string()),
        fix: None,
        ..finding.clone()
    };
    let suppressed = Finding {
        severity: Severity::Medium,
        region: span(&main, "module \"keys\""),
        origin: Origin::none(),
        suppressed: Some(Suppressed { span: None, kind: "configuration", reason: Some("no data here".to_string()) }),
        ..finding.clone()
    };
    let rule = |id: &str, severity| {
        Arc::new(Metadata {
            id: id.into(),
            title: "Rotate the key".to_string(),
            description: "A key that is never rotated protects all data with one secret".to_string(),
            severity,
            precision: Precision::VeryHigh,
            profile: Profile::Default,
            subject: Subject::View("aws.kms.key".to_string()),
            remediation: Remediation::ByLanguage {
                terraform: "Set `enable_key_rotation = true`.".to_string(),
                cloudformation: "Set `EnableKeyRotation: true`.".to_string(),
            },
            fix: None,
            frameworks: Tags(vec![("fsbp".to_string(), vec!["KMS.4".to_string()])]),
            aliases: Tags::default(),
            related: Tags::default(),
            implied_by: Vec::new(),
            parameters: Vec::new(),
            links: vec!["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html".to_string()],
            page: None,
        })
    };
    let diagnostics = vec![
        Diagnostic::error(Code::ParseError, "expected `}`\n::error::forged", span(&variables, "variable"))
            .label(span(&main, "module"), "opened here"),
        Diagnostic {
            path: Some("gone.tf".into()),
            ..Diagnostic::new(Level::Error, Code::Unreadable, "permission denied")
        },
    ];
    let rules = vec![rule("kms-deletion-window", Severity::Low), rule("kms-key-rotation", Severity::High)];
    Sample { sources, findings: vec![open, finding, suppressed], diagnostics, rules }
}

fn rendered(format: Format, options: Options) -> String {
    let Sample { sources, findings, diagnostics, rules } = sample();
    let files = Counts { read: 3, skipped: 1, failed: 1, context: 0 };
    let report = Report {
        findings: &findings,
        diagnostics: &diagnostics,
        sources: &sources,
        rules: &rules,
        files,
        base: None,
        options,
    };
    let mut out = Vec::new();
    format.render(&report, &mut out).unwrap();
    if format == Format::Text {
        render_diagnostics(&report, &mut out).unwrap();
    }
    String::from_utf8(out).unwrap()
}

fn everything() -> Options {
    Options { show_open: true, show_suppressed: true, terminal: Terminal { width: 90, ..Terminal::default() } }
}

#[test]
fn every_format() {
    use clap::ValueEnum;
    for format in Format::value_variants() {
        let name = format!("{format:?}").to_lowercase();
        insta::assert_snapshot!(name, rendered(*format, everything()));
    }
}

#[test]
fn colour_and_hyperlinks_only_where_asked_for() {
    let plain = rendered(Format::Text, everything());
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let terminal = Terminal { color: true, hyperlinks: true, ..Terminal::default() };
    let rich = rendered(Format::Text, Options { terminal, ..everything() });
    assert!(rich.contains("\u{1b}]8;;file:///") && rich.contains("keys/key%20ring.tf"));
    assert!(!rich.contains("\u{1b}]0;x"), "a title sequence from a file reaches the terminal");
}

#[test]
fn nothing_but_a_link_is_wider_than_a_terminal() {
    for width in [50, 60, 80] {
        let terminal = Terminal { width, wraps: true, ..Terminal::default() };
        let text = rendered(Format::Text, Options { terminal, ..everything() });
        let too_wide = |line: &&str| textwrap::core::display_width(line) > width && !line.contains("https://");
        assert_eq!(text.lines().find(too_wide), None, "{text}");
        assert!(text.contains("the value is written"), "{text}");
    }
}

#[test]
fn open_and_suppressed_results_stay_out_unless_asked_for() {
    let sarif: serde_json::Value = serde_json::from_str(&rendered(Format::Sarif, Options::default())).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
    assert!(rendered(Format::Text, Options::default()).contains("1 finding (1 high), 1 open (list with --show-open)"));
}

#[test]
fn sarif_follows_the_schema_of_the_standard() {
    let schema = serde_json::from_str(include_str!("../../testdata/schemas/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for options in [everything(), Options::default()] {
        let sarif = serde_json::from_str(&rendered(Format::Sarif, options)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn a_sarif_region_is_the_text_it_names() {
    let sarif: serde_json::Value = serde_json::from_str(&rendered(Format::Sarif, everything())).unwrap();
    let is_passed_on = |result: &&serde_json::Value| result["codeFlows"].to_string().contains("written");
    let flow = &sarif["runs"][0]["results"].as_array().unwrap().iter().find(is_passed_on).unwrap();
    let texts: Vec<String> = flow["codeFlows"][0]["threadFlows"][0]["locations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|location| {
            let place = &location["location"]["physicalLocation"];
            let text = match place["artifactLocation"]["uri"].as_str().unwrap() {
                "main.tf" => MAIN,
                "variables.tf" => VARIABLES,
                _ => KEYS,
            };
            let number = |name: &str| place["region"][name].as_u64().unwrap() as usize;
            // Lines and columns, read apart from the program's own index, name the same text as the bytes do.
            let line = text.split('\n').nth(number("startLine") - 1).unwrap();
            let columns = line.chars().skip(number("startColumn") - 1);
            let by_column: String = columns.take(number("endColumn") - number("startColumn")).collect();
            let by_byte = &text[number("byteOffset")..number("byteOffset") + number("byteLength")];
            assert_eq!(by_column, by_byte);
            by_column
        })
        .collect();
    assert_eq!(texts, ["module \"keys\"", "false", "var.rotate", "enable_key_rotation = var.rotate"]);
}
