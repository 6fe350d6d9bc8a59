//! The editor mode, as an editor drives it: over the streams of the real program.

mod editor;

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::support::folder;
use editor::{Editor, applied};

const KEY: &str = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";

/// A finding after a character of four bytes, two UTF-16 units.
const WIDE: &str = "resource \"aws_kms_key\" \"k\" { /* 😀 */ enable_key_rotation = false\n}\n";

fn codes(diagnostics: &[Json]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

fn rotation(diagnostics: &[Json]) -> Json {
    diagnostics.iter().find(|diagnostic| diagnostic["code"] == "kms-key-rotation").cloned().unwrap_or_default()
}

fn titled<'a>(actions: &'a Json, start: &str) -> &'a Json {
    let actions = actions.as_array().unwrap();
    actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(start)).unwrap_or(&Json::Null)
}

#[test]
fn findings_of_unsaved_text_stand_where_the_editor_counts_them() {
    let folder = folder(&[("main.tf", "# nothing\n")]);
    for (offered, encoding, column) in
        [(json!(["utf-16"]), "utf-16", 38), (json!(["utf-16", "utf-8"]), "utf-8", 40), (Json::Null, "utf-16", 38)]
    {
        let mut editor =
            Editor::start(folder.path(), json!({ "general": { "positionEncodings": offered } }), json!({}));
        assert_eq!(editor.greeting["capabilities"]["positionEncoding"], encoding);
        editor.open("main.tf", WIDE);
        let finding = rotation(&editor.diagnostics("main.tf", 1));
        assert_eq!(finding["range"]["start"], json!({ "line": 0, "character": column }), "{finding}");
        assert_eq!(finding["severity"], 2);
        assert_eq!(finding["source"], "sealint");
        assert!(finding["codeDescription"]["href"].as_str().unwrap().contains("kms-key-rotation"), "{finding}");
        assert_eq!(finding["data"]["fix"]["safe"], true);
        assert_eq!(editor.leave(), Some(0));
    }
}

#[test]
fn a_fix_leaves_nothing_to_find() {
    let folder = folder(&[]);
    let versioned = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let mut editor = Editor::start(folder.path(), versioned, json!({}));
    editor.open("main.tf", WIDE);
    let finding = rotation(&editor.diagnostics("main.tf", 1));
    let actions = editor.actions("main.tf", &finding["range"], None);
    let fix = titled(&actions, "Set enable_key_rotation = true");
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)), "{actions}");
    assert_eq!(fix["diagnostics"][0]["code"], "kms-key-rotation");
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    editor.change("main.tf", 2, json!([{ "text": applied(WIDE, &change["edits"]) }]));
    assert_eq!(rotation(&editor.diagnostics("main.tf", 2)), Json::Null);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn all_safe_fixes_are_one_action() {
    let text = format!("{KEY}{}", KEY.replace("\"k\"", "\"l\""));
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("main.tf", &text);
    editor.diagnostics("main.tf", 1);
    let nowhere = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    for kind in ["source", "source.fixAll", "source.fixAll.sealint"] {
        let actions = editor.actions("main.tf", &nowhere, Some(kind));
        assert_eq!(actions.as_array().unwrap().len(), 1, "{kind}: {actions}");
        let edits = &actions[0]["edit"]["changes"][editor.uri("main.tf")];
        assert_eq!(applied(&text, edits).matches("enable_key_rotation = true").count(), 2);
    }
    let others = editor.actions("main.tf", &nowhere, Some("source.organizeImports"));
    assert_eq!(others, json!([]));
}

#[test]
fn a_suppression_counts_once_its_reason_is_given() {
    let template = "Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n";
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    for (file, text, comment) in [
        ("main.tf", KEY, "\n  # sealint: ignore[kms-key-rotation] \n  enable_key_rotation"),
        ("template.yaml", template, "\n      # sealint: ignore[kms-key-rotation] \n      EnableKeyRotation"),
    ] {
        editor.open(file, text);
        let finding = rotation(&editor.diagnostics(file, 1));
        let actions = editor.actions(file, &finding["range"], Some("quickfix"));
        let edits = &titled(&actions, "Ignore kms-key-rotation")["edit"]["changes"][editor.uri(file)];
        let suppressed = applied(text, edits);
        assert!(suppressed.contains(comment), "{suppressed}");
        editor.change(file, 2, json!([{ "text": suppressed }]));
        let said = editor.diagnostics(file, 2);
        assert!(codes(&said).contains(&"suppression") && rotation(&said) != Json::Null, "{said:?}");
        let reason = suppressed.replace("rotation] ", "rotation] rotated by hand");
        editor.change(file, 3, json!([{ "text": reason }]));
        let said = editor.diagnostics(file, 3);
        assert!(!codes(&said).contains(&"suppression") && rotation(&said) == Json::Null, "{said:?}");
    }
    let json = r#"{"Resources": {"K": {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": false}}}}"#;
    editor.open("template.json", json);
    let finding = rotation(&editor.diagnostics("template.json", 1));
    let actions = editor.actions("template.json", &finding["range"], None);
    assert_eq!(titled(&actions, "Ignore"), &Json::Null, "JSON has no comments");
    assert_ne!(titled(&actions, "Set"), &Json::Null);
}

#[test]
fn help_is_shown_on_a_finding_and_nowhere_else() {
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("main.tf", KEY);
    let finding = rotation(&editor.diagnostics("main.tf", 1));
    let help = editor.hover("main.tf", &finding["range"]["start"]);
    assert!(help["contents"]["value"].as_str().unwrap().contains("## How to mend it"), "{help}");
    assert_eq!(help["range"], finding["range"]);
    assert_eq!(editor.hover("main.tf", &json!({ "line": 3, "character": 0 })), Json::Null);
}

#[test]
fn a_broken_text_is_told_and_mended() {
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("main.tf", KEY);
    assert_ne!(rotation(&editor.diagnostics("main.tf", 1)), Json::Null);
    let brace = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 1 } });
    editor.change("main.tf", 2, json!([{ "range": brace, "text": "" }]));
    assert!(codes(&editor.diagnostics("main.tf", 2)).contains(&"parse-error"));
    let end = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 0 } });
    editor.change("main.tf", 3, json!([{ "range": end, "text": "}" }]));
    let said = editor.diagnostics("main.tf", 3);
    assert!(!codes(&said).contains(&"parse-error") && rotation(&said) != Json::Null, "{said:?}");
}

#[test]
fn the_files_of_a_module_answer_for_each_other() {
    let main = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.rotate\n}\n";
    let folder = folder(&[("main.tf", main), ("variables.tf", "variable \"rotate\" {\n  default = true\n}\n")]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("variables.tf", "variable \"rotate\" {\n  default = true\n}\n");
    assert_eq!(rotation(&editor.diagnostics("variables.tf", 1)), Json::Null);
    // What is changed in one file, and not saved, is found in another that is not open.
    editor.change("variables.tf", 2, json!([{ "text": "variable \"rotate\" {\n  default = false\n}\n" }]));
    let finding = rotation(&editor.unversioned("main.tf"));
    assert_eq!(finding["range"]["start"], json!({ "line": 1, "character": 2 }), "{finding}");
    let origin = &finding["relatedInformation"][0];
    assert_eq!(origin["location"]["uri"], json!(editor.uri("variables.tf")), "{finding}");
    assert_eq!(origin["location"]["range"]["start"], json!({ "line": 1, "character": 12 }));
    // And it is gone there when it is.
    editor.change("variables.tf", 3, json!([{ "text": "variable \"rotate\" {\n  default = true\n}\n" }]));
    assert_eq!(rotation(&editor.unversioned("main.tf")), Json::Null);
    // A new file that was never saved is part of the module too.
    editor.open("more.tf", &KEY.replace("\"k\"", "\"more\""));
    assert_ne!(rotation(&editor.diagnostics("more.tf", 1)), Json::Null);
    editor.close("more.tf");
    assert_eq!(editor.unversioned("more.tf"), [] as [Json; 0]);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_module_is_shown_in_the_light_of_its_call() {
    let module = "variable \"on\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.on\n}\n";
    let call = |on: bool| format!("module \"m\" {{\n  source = \"./m\"\n  on     = {on}\n}}\n");
    let folder = folder(&[(".git/HEAD", ""), ("main.tf", &call(true)), ("m/main.tf", module)]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("m/main.tf", module);
    assert_eq!(rotation(&editor.diagnostics("m/main.tf", 1)), Json::Null);
    editor.open("main.tf", &call(false));
    editor.diagnostics("main.tf", 1);
    let finding = rotation(&editor.until("m/main.tf", |said| rotation(said) != Json::Null));
    let related = finding["relatedInformation"].as_array().unwrap();
    let main = editor.uri("main.tf");
    assert!(related.iter().all(|place| place["location"]["uri"] == main.as_str()), "{finding}");
    assert!(related.iter().any(|place| place["message"].as_str().unwrap().contains("module.m")), "{finding}");
    editor.change("main.tf", 2, json!([{ "text": call(true) }]));
    editor.until("m/main.tf", |said| rotation(said) == Json::Null);
}

#[test]
fn the_configuration_counts_and_its_changes_too() {
    let below = ("a/sealint.toml", "ignore = [\"kms-key-rotation\"]\n");
    let folder = folder(&[(".git/HEAD", ""), ("sealint.toml", "profil = \"strict\"\n"), below]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("a/main.tf", KEY);
    assert_ne!(rotation(&editor.diagnostics("a/main.tf", 1)), Json::Null);
    assert_eq!(codes(&editor.unversioned("sealint.toml")), ["configuration"]);
    fs::write(folder.path().join("sealint.toml"), "ignore = [\"kms-key-rotation\"]\n").unwrap();
    let uri = editor.uri("sealint.toml");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    editor.until("a/main.tf", |said| rotation(said) == Json::Null);
    assert_eq!(editor.unversioned("sealint.toml"), [] as [Json; 0]);
}

#[test]
fn what_depends_on_the_unknown_is_a_hint_if_it_is_asked_for() {
    let text = "variable \"on\" {}\nresource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = var.on\n}\n";
    let folder = folder(&[]);
    for (show, severity) in [(true, json!(4)), (false, Json::Null)] {
        let mut editor = Editor::start(folder.path(), json!({}), json!({ "showOpen": show }));
        editor.open("main.tf", text);
        assert_eq!(rotation(&editor.diagnostics("main.tf", 1))["severity"], severity);
    }
}

#[test]
fn nothing_that_is_said_ends_the_server() {
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.raw(b"Content-Length: 3\r\n\r\n{]}");
    editor.notify("textDocument/didChange", json!({ "nonsense": true }));
    editor.notify("$/unheard", json!({}));
    let answer = editor.ask("textDocument/formatting", json!({}));
    assert_eq!(answer["error"]["code"], -32601, "{answer}");
    let answer = editor.ask("textDocument/hover", json!({ "textDocument": 7 }));
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    let deep = format!("a = {}1{}\n", "[".repeat(50_000), "]".repeat(50_000));
    editor.open("deep.tf", &deep);
    assert!(!editor.diagnostics("deep.tf", 1).is_empty());
    editor.close("deep.tf");
    for (file, text) in [("not.yaml", "\u{0}: [\n"), ("odd.json", "{\"Resources\": {"), ("none", "")] {
        editor.open(file, text);
        editor.diagnostics(file, 1);
    }
    editor.open("main.tf", KEY);
    assert_ne!(rotation(&editor.diagnostics("main.tf", 1)), Json::Null);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn leaving_follows_the_protocol() {
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.ask("shutdown", Json::Null);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32600);
    editor.notify("exit", Json::Null);
    assert_eq!(editor.ended(), Some(0));
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.notify("exit", Json::Null);
    assert_eq!(editor.ended(), Some(1), "`shutdown` was not asked for");
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.hang_up();
    assert_eq!(editor.ended(), Some(1));
}

#[test]
fn typing_is_answered_at_once() {
    let folder = folder(&[]);
    let mut editor = Editor::start(folder.path(), json!({}), json!({}));
    editor.open("main.tf", KEY);
    editor.diagnostics("main.tf", 1);
    let start = Instant::now();
    for version in 2..12 {
        let first = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
        editor.change("main.tf", version, json!([{ "range": first, "text": "\n" }]));
        let finding = rotation(&editor.diagnostics("main.tf", version));
        assert_eq!(finding["range"]["start"]["line"], version);
    }
    // Ten times a pause and a judgement, in a debug build on a busy machine.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
