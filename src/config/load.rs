//! Text to [`Config`]: every mistake is reported at its place, and what is right still counts.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::suggest::did_you_mean;

/// The most mistakes that are reported.
const MAX_MISTAKES: usize = 50;

/// The most mistakes that are taken out: each costs a look at the whole.
const MAX_ROUNDS: usize = 1000;

/// Reads a configuration file.
///
/// A mistake takes the setting it stands in out of the result, nothing else.
pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
    let (mut table, errors) = DeTable::parse_recoverable(&source.text);
    let mut diagnostics: Vec<Diagnostic> =
        errors.iter().take(MAX_MISTAKES).map(|error| diagnostic(error, source)).collect();
    for _ in 0..MAX_ROUNDS {
        let error = match Config::deserialize(Deserializer::from(table.clone())) {
            Ok(config) => return (config, diagnostics),
            Err(error) => error,
        };
        if diagnostics.len() < MAX_MISTAKES {
            diagnostics.push(diagnostic(&error, source));
        }
        let removed = error.span().is_some_and(|span| remove(table.get_mut(), span.start, span.end));
        if !removed {
            break;
        }
    }
    let message = "there are so many mistakes that nothing of this file counts";
    diagnostics.push(Diagnostic::error(Code::Configuration, message, Span::new(source.id, 0, 0)));
    (Config::default(), diagnostics)
}

fn diagnostic(error: &toml::de::Error, source: &Source) -> Diagnostic {
    let span = error.span().map_or(Span::new(source.id, 0, 0), |span| Span::new(source.id, span.start, span.end));
    let message = error.message().trim_end();
    let mut diagnostic = Diagnostic::error(Code::Configuration, message, span);
    // serde lists what it expected; the closest name is more help than the list.
    if let Some((first, expected)) = message.split_once(", expected ") {
        let names = expected.split('`').skip(1).step_by(2);
        let wrong = first.split('`').nth(1).unwrap_or_default();
        if first.starts_with("unknown ") {
            diagnostic.help = did_you_mean(wrong, names.clone())
                .or_else(|| Some(format!("expected one of {}", names.collect::<Vec<_>>().join(", "))));
            diagnostic.message = first.to_string();
        }
    }
    diagnostic
}

/// Takes the innermost setting that covers `start..end` out of the table. Whether there was one.
fn remove(table: &mut DeTable<'_>, start: usize, end: usize) -> bool {
    let covers = |span: std::ops::Range<usize>| span.start <= start && end <= span.end;
    let mut hit = None;
    for (key, value) in table.iter_mut() {
        let inner = match value.get_mut() {
            DeValue::Table(inner) => remove(inner, start, end),
            DeValue::Array(items) => remove_item(items, start, end),
            _ => false,
        };
        if inner {
            return true;
        }
        if covers(key.span()) || covers(value.span()) {
            hit = Some(key.clone());
        }
    }
    hit.is_some_and(|key| table.remove(&key).is_some())
}

fn remove_item(items: &mut toml::de::DeArray<'_>, start: usize, end: usize) -> bool {
    let mut hit = None;
    for (i, item) in items.iter_mut().enumerate() {
        let inner = match item.get_mut() {
            DeValue::Table(inner) => remove(inner, start, end),
            DeValue::Array(inner) => remove_item(inner, start, end),
            _ => false,
        };
        if inner {
            return true;
        }
        if covers_item(item, start, end) {
            hit = Some(i);
        }
    }
    let Some(index) = hit else { return false };
    let all = std::mem::replace(items, std::iter::empty().collect()).into_iter().enumerate();
    *items = all.filter(|(i, _)| *i != index).map(|(_, item)| item).collect();
    true
}

fn covers_item(item: &Spanned<DeValue<'_>>, start: usize, end: usize) -> bool {
    item.span().start <= start && end <= item.span().end
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::source::FileId;

    fn read(text: &str) -> (Config, Vec<(String, String, Option<String>)>) {
        let source = Source::new(FileId(0), "sealint.toml", text);
        let (config, diagnostics) = parse(&source);
        let shown = diagnostics.into_iter().map(|d| (d.message, source.slice(d.span.unwrap()).to_string(), d.help));
        (config, shown.collect())
    }

    #[test]
    fn each_mistake_is_named_with_its_place_and_the_rest_counts() {
        let (config, mistakes) = read(
            "exlude = [\"a\"]\nprofile = \"strickt\"\nselect = [\"kms-key-rotation\", 7]\n\
             [suppressions]\nrequire_reason = false\ninline = false\n[[suppress]]\nrules = [\"x\"]\n",
        );
        let places: Vec<&str> = mistakes.iter().map(|(_, place, _)| place.as_str()).collect();
        assert!(places.contains(&"exlude") && places.contains(&"\"strickt\"") && places.contains(&"7"), "{mistakes:?}");
        assert!(mistakes.iter().any(|(message, _, _)| message.contains("reason")));
        assert!(mistakes.iter().any(|(_, _, help)| help.as_deref() == Some("did you mean `exclude`?")));
        assert!(mistakes.iter().any(|(_, _, help)| help.as_deref() == Some("did you mean `require-reason`?")));
        assert!(!config.suppressions.inline);
        assert_eq!(config.select[0].get_ref(), "kms-key-rotation");
    }

    #[test]
    fn what_is_right_counts_beside_any_number_of_mistakes() {
        let wrong: String = (0..120).map(|n| format!("x{n} = 1\n")).collect();
        let (config, mistakes) = read(&format!("exclude = [\"vendor\"]\n{wrong}"));
        assert_eq!((config.exclude.as_slice(), mistakes.len()), (&["vendor".to_owned()][..], MAX_MISTAKES));
    }

    #[test]
    fn broken_syntax_is_placed_too() {
        let (_, mistakes) = read("\u{feff}paths = [\"a\"\nprofile = \"strict\"\n");
        assert!(!mistakes.is_empty());
    }

    #[test]
    fn an_empty_file_is_the_default() {
        let (config, mistakes) = read("\u{feff}# nothing\n");
        assert!(mistakes.is_empty() && config.suppressions.require_reason);
    }

    #[test]
    fn severities_of_rules() {
        let (config, mistakes) =
            read("[rules.log-retention]\nseverity = \"hihg\"\ndays = 90\n[rules.x]\nseverity = \"low\"\n");
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let (severities, wrong) = config.severities(FileId(0));
        assert_eq!(severities.into_iter().collect::<Vec<_>>(), [("x", crate::finding::Severity::Low)]);
        assert_eq!(wrong[0].help.as_deref(), Some("did you mean `high`?"));
        let unknown = config.unknown_rules(FileId(0), |id| id == "x", |id| did_you_mean(id, ["log-retentions"]));
        assert_eq!(unknown[0].help.as_deref(), Some("did you mean `log-retentions`?"));
    }
}
