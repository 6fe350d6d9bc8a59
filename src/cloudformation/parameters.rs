//! Files with values of parameters.
//!
//! Read are the list that `aws cloudformation create-stack --parameters` takes, the `{"Parameters": {…}}` of CodePipeline's
//! template configuration, a plain mapping of names to values, a list of `Name=Value`, and the `parameter_overrides` of
//! the SAM CLI's `samconfig.toml`.

mod samconfig;

use super::inputs::Parameters;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Node, NodeKind};
use crate::parse::template;
use crate::source::{Source, Span};
use crate::value::{Kind, Text, TextBuilder, Value};

/// The values that a file gives, each with its place in it.
pub fn parse(source: &Source) -> (Parameters, Vec<Diagnostic>) {
    if source.path.extension().is_some_and(|extension| extension == "toml") {
        return samconfig::parse(source);
    }
    let (root, mut diagnostics) = template::parse(source);
    let mut parameters = Parameters::new();
    match &root.kind {
        NodeKind::Mapping(_) => match root.get("Parameters").filter(|node| node.is_mapping()) {
            Some(inner) => mapping(inner, &mut parameters, &mut diagnostics),
            None => mapping(&root, &mut parameters, &mut diagnostics),
        },
        NodeKind::Sequence(items) => {
            items.iter().for_each(|item| list_item(item, &mut parameters, &mut diagnostics));
        }
        _ => diagnostics.push(wrong("a parameters file holds a mapping or a list", root.span)),
    }
    (parameters, diagnostics)
}

fn wrong(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::error(Code::Configuration, message, span)
}

/// `{"Name": "Value"}`
fn mapping(node: &Node, parameters: &mut Parameters, diagnostics: &mut Vec<Diagnostic>) {
    for entry in node.entries() {
        match value(&entry.value) {
            Some(value) => {
                parameters.insert(entry.key.shared(), value);
            }
            None => diagnostics.push(wrong("the value of a parameter must be a string", entry.value.span)),
        }
    }
}

/// `{"ParameterKey": "Name", "ParameterValue": "Value"}`, or `"Name=Value"`
fn list_item(item: &Node, parameters: &mut Parameters, diagnostics: &mut Vec<Diagnostic>) {
    if let NodeKind::String(text) = &item.kind {
        return override_item(text, item.span, parameters, diagnostics);
    }
    let Some(NodeKind::String(name)) = item.get("ParameterKey").map(|key| &key.kind) else {
        diagnostics.push(wrong("an item of a parameters file needs a ParameterKey", item.span));
        return;
    };
    match item.get("ParameterValue").map(|node| (node, value(node))) {
        Some((_, Some(value))) => {
            parameters.insert(name.shared(), value);
        }
        Some((node, None)) => diagnostics.push(wrong("the value of a parameter must be a string", node.span)),
        // The value that the stack has already: not known here.
        None if item.get("UsePreviousValue").is_some() => {}
        None => diagnostics.push(wrong("an item of a parameters file needs a ParameterValue", item.span)),
    }
}

/// A scalar as a string, a list of scalars as a list of strings.
fn value(node: &Node) -> Option<Value> {
    let text = match &node.kind {
        NodeKind::String(text) => text.clone(),
        NodeKind::Number(text) => whole(text, node.span),
        NodeKind::Bool(flag) => whole(if *flag { "true" } else { "false" }, node.span),
        NodeKind::Sequence(items) => {
            let items: Option<Vec<Value>> = items.iter().map(value).collect();
            return items.map(|items| Value::list(items).with_origin(crate::value::Origin::at(node.span)));
        }
        NodeKind::Null | NodeKind::Mapping(_) => return None,
    };
    Some(Value::at(Kind::String(text), node.span))
}

fn whole(text: &str, span: Span) -> Text {
    let mut builder = TextBuilder::default();
    builder.push(text, Some(span));
    builder.finish()
}

/// One override of the SAM or AWS CLI: `Name=Value` or `ParameterKey=Name,ParameterValue=Value`, either part in quotes.
fn override_item(text: &Text, span: Span, parameters: &mut Parameters, diagnostics: &mut Vec<Diagnostic>) {
    let whole = text.as_str();
    let legacy = whole.strip_prefix("ParameterKey=").and_then(|rest| rest.split_once(",ParameterValue="));
    let (name, value) = match legacy.or_else(|| whole.split_once('=')) {
        Some((name, value)) if !name.is_empty() => (name.trim_matches('"'), value),
        _ => return diagnostics.push(wrong("a parameter is given as Name=Value", span)),
    };
    let quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
    let inner = if quoted { 1 } else { 0 };
    let start = whole.len() - value.len() + inner;
    let value = text.slice(start..whole.len() - inner);
    let place = value.span_of(0..value.as_str().len()).unwrap_or(span);
    parameters.insert(name.into(), Value::at(Kind::String(value), place));
}

/// The overrides in one string, separated by spaces outside quotes.
fn override_string(text: &Text, span: Span, parameters: &mut Parameters, diagnostics: &mut Vec<Diagnostic>) {
    let mut quoted = false;
    let mut start = None;
    let bytes = text.as_str().as_bytes();
    for at in 0..=bytes.len() {
        let byte = bytes.get(at).copied();
        quoted ^= byte == Some(b'"');
        let separates = byte.is_none_or(|byte| byte.is_ascii_whitespace() && !quoted);
        match start {
            None if !separates => start = Some(at),
            Some(from) if separates => {
                override_item(&text.slice(from..at), span, parameters, diagnostics);
                start = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::source::FileId;

    fn read(name: &str, text: &str) -> (Vec<(String, String)>, usize) {
        let source = Source::new(FileId(0), name, text);
        let (parameters, diagnostics) = parse(&source);
        for value in parameters.values() {
            let span = value.origin.span.unwrap();
            assert!(source.slice(span).contains(value.as_str().unwrap()), "{value:?} is not at {span:?}");
        }
        let pairs = parameters.iter().map(|(name, value)| (name.to_string(), value.as_str().unwrap().to_owned()));
        (pairs.collect(), diagnostics.len())
    }

    fn stage_and_key(stage: &str, key: &str) -> Vec<(String, String)> {
        vec![("Key".to_owned(), key.to_owned()), ("Stage".to_owned(), stage.to_owned())]
    }

    #[test]
    fn every_notation_gives_the_same() {
        let list = r#"[{"ParameterKey": "Stage", "ParameterValue": "live"},
                       {"ParameterKey": "Key", "ParameterValue": "a b"},
                       {"ParameterKey": "Kept", "UsePreviousValue": true}]"#;
        let pipeline = r#"{"Parameters": {"Stage": "live", "Key": "a b"}, "Tags": {"Team": "x"}}"#;
        let plain = r#"{"Stage": "live", "Key": "a b"}"#;
        let overrides = r#"["Stage=live", "Key=a b"]"#;
        for text in [list, pipeline, plain, overrides] {
            assert_eq!(read("p.json", text), (stage_and_key("live", "a b"), 0), "{text}");
        }
    }

    #[test]
    fn samconfig_in_its_two_notations() {
        let string = "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = 'Stage=live Key=\"a b\"'\n";
        let list = "[default.global.parameters]\nparameter_overrides = [\"Stage=live\", 'Key=\"a b\"']\n";
        let legacy =
            "[default.deploy.parameters]\nparameter_overrides = 'ParameterKey=Stage,ParameterValue=live Key=\"a b\"'\n";
        for text in [string, list, legacy] {
            assert_eq!(read("samconfig.toml", text), (stage_and_key("live", "a b"), 0), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (name, text) in [
            ("p.json", "3"),
            ("p.json", r#"[{"ParameterValue": "x"}]"#),
            ("p.json", r#"{"A": {"b": 1}}"#),
            ("samconfig.toml", "= 3"),
            ("samconfig.toml", "[default.deploy.parameters]\nparameter_overrides = 'nothing'\n"),
        ] {
            assert_eq!(read(name, text).1, 1, "{text}");
        }
    }
}
