//! The SAM CLI's configuration file ("AWS SAM CLI configuration file", AWS SAM developer guide).

use toml_edit::{Document, Item, Value as Toml};

use super::{override_item, override_string, wrong};
use crate::cloudformation::inputs::Parameters;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::value::{Kind, Text, TextBuilder, Value};

/// The environment that the SAM CLI uses when none is named.
const ENVIRONMENT: &str = "default";
/// The commands whose parameters count, the last one most.
const COMMANDS: [&str; 2] = ["global", "deploy"];

/// The values in `parameter_overrides`.
pub(super) fn parse(source: &Source) -> (Parameters, Vec<Diagnostic>) {
    let mut parameters = Parameters::new();
    let mut diagnostics = Vec::new();
    let document = match Document::parse(&*source.text) {
        Ok(document) => document,
        Err(error) => {
            let range = error.span().unwrap_or_default();
            let message = error.message().lines().next().unwrap_or("this is no TOML").to_owned();
            diagnostics.push(wrong(message, Span::new(source.id, range.start, range.end)));
            return (parameters, diagnostics);
        }
    };
    for command in COMMANDS {
        let overrides = document
            .get(ENVIRONMENT)
            .and_then(|environment| environment.get(command)?.get("parameters")?.get("parameter_overrides"));
        if let Some(overrides) = overrides {
            read(overrides, source, &mut parameters, &mut diagnostics);
        }
    }
    (parameters, diagnostics)
}

fn read(item: &Item, source: &Source, parameters: &mut Parameters, diagnostics: &mut Vec<Diagnostic>) {
    let span = |range: Option<std::ops::Range<usize>>| {
        range.map_or_else(|| source.span(), |range| Span::new(source.id, range.start, range.end))
    };
    if let Some(table) = item.as_table_like() {
        for (name, value) in table.iter() {
            let place = span(value.span());
            let text = value.as_str().map_or_else(|| source.slice(place).to_owned(), str::to_owned);
            parameters.insert(name.into(), Value::at(Kind::String(text_at(&text, place, source)), place));
        }
        return;
    }
    match item.as_value() {
        Some(Toml::String(text)) => {
            let place = span(item.span());
            override_string(&text_at(text.value(), place, source), place, parameters, diagnostics);
        }
        Some(Toml::Array(items)) => {
            for item in items {
                let place = span(item.span());
                match item.as_str() {
                    Some(text) => override_item(&text_at(text, place, source), place, parameters, diagnostics),
                    None => diagnostics.push(wrong("a parameter is given as Name=Value", place)),
                }
            }
        }
        _ => diagnostics.push(wrong("parameter_overrides is a string or a list", span(item.span()))),
    }
}

/// A string with its map: byte for byte where the notation has no escapes.
fn text_at(text: &str, place: Span, source: &Source) -> Text {
    let mut builder = TextBuilder::default();
    match source.slice(place).find(text) {
        Some(at) => {
            let start = place.start as usize + at;
            builder.push(text, Some(Span::new(place.file, start, start + text.len())));
        }
        None => builder.push(text, Some(place)),
    }
    builder.finish()
}
