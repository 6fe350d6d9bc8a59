//! Places in the Rego engine's messages.

use crate::source::{Source, Span};

/// The rest of the line at the `line:column` that a message of the engine names (`--> path:3:5`).
pub(super) fn of_message(message: &str, source: &Source) -> Option<Span> {
    let numbers = message.split(['\n', ' ']).find_map(|word| {
        let mut parts = word.trim_end_matches(':').rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        Some((line, column))
    });
    let (line, column) = numbers?;
    let start = *source.line_starts().get(line.checked_sub(1)?)? as usize;
    let text = source.line_text(line);
    let from = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    Some(Span::new(source.id, start + from, start + text.len()))
}

/// A message of one line without the `line:column: ` before it.
pub(super) fn without_place(message: &str) -> &str {
    let mut parts = message.splitn(3, ':');
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.parse::<usize>().is_ok());
    match (is_number(parts.next()), is_number(parts.next()), parts.next()) {
        (true, true, Some(rest)) => rest.trim(),
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn reads_the_engines_arrow() {
        let source = Source::new(FileId(0), "r.rego", "package a\nx := é +\n");
        let span = of_message("error: boom\n--> r.rego:2:6\n  |", &source).unwrap_or(source.span());
        assert_eq!(source.slice(span), "é +");
    }
}
