//! Functions that call themselves, found in a module's text: Rego forbids them, and the engine would overflow its stack.

use rustc_hash::{FxHashMap, FxHashSet};

/// A rule or function as far as the search is concerned.
struct Definition<'a> {
    name: &'a str,
    /// Offsets and names of the calls in it; a dotted name is one name.
    calls: Vec<(usize, &'a str)>,
}

/// The offset of a call by which a function reaches itself.
pub(super) fn recursive_call(module: &str) -> Option<usize> {
    let package = module.lines().find_map(|line| line.strip_prefix("package ")).map_or("", str::trim);
    let own = format!("data.{package}.");
    let definitions = definitions(module);
    let mut calls: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
    for definition in &definitions {
        let inner = definition.calls.iter().map(|(at, name)| (*at, name.strip_prefix(own.as_str()).unwrap_or(name)));
        calls.entry(definition.name).or_default().extend(inner);
    }
    definitions.iter().find_map(|definition| {
        let mut seen = FxHashSet::default();
        let mut open = calls.get(definition.name)?.clone();
        while let Some((at, name)) = open.pop() {
            if name == definition.name {
                return Some(at);
            }
            if seen.insert(name) {
                open.extend(calls.get(name).into_iter().flatten());
            }
        }
        None
    })
}

/// The definitions of a module: each starts with a word outside of brackets that does not go on with the line before.
fn definitions(module: &str) -> Vec<Definition<'_>> {
    let mut found: Vec<Definition<'_>> = Vec::new();
    let (mut depth, mut goes_on, mut offset) = (0_usize, false, 0);
    for line in module.split_inclusive('\n') {
        let code = blank(line);
        let (start, words) = (code.len() - code.trim_start().len(), words(&code));
        let first = words.first().filter(|(at, _)| *at == start);
        if let Some((at, len)) = first.filter(|_| depth == 0 && !goes_on) {
            let mut name = &line[*at..at + len];
            if name == "default"
                && let Some((at, len)) = words.get(1)
            {
                name = &line[*at..at + len];
            }
            if !["if", "else", "contains", "in", "package", "import"].contains(&name) {
                found.push(Definition { name, calls: Vec::new() });
            }
        }
        if let Some(definition) = found.last_mut() {
            let head = |at: usize| first.is_some_and(|(start, _)| *start == at) && depth == 0 && !goes_on;
            let called = words.iter().filter(|(at, len)| code[at + len..].starts_with('(') && !head(*at));
            definition.calls.extend(called.map(|(at, len)| (offset + at, &line[*at..at + len])));
        }
        let opened = code.matches(['{', '[', '(']).count();
        depth = (depth + opened).saturating_sub(code.matches(['}', ']', ')']).count());
        let end = code.trim_end();
        if !end.is_empty() {
            goes_on = ["=", "if", "else", ",", "contains"].iter().any(|mark| end.ends_with(mark));
        }
        offset += line.len();
    }
    found
}

/// Where a module has a word that starts like this, outside of strings and comments: line and column, from 1.
pub(super) fn mention(module: &str, start: &str) -> Option<(usize, usize)> {
    module.lines().zip(1..).find_map(|(line, number)| {
        let code = blank(line);
        let (at, _) = words(&code).into_iter().find(|(at, len)| code[*at..at + len].starts_with(start))?;
        Some((number, at + 1))
    })
}

/// The line with blanks for what is in strings and comments, byte for byte. Quotes stay: a line that ends in a string is
/// complete.
fn blank(line: &str) -> String {
    let (mut quote, mut escaped, mut comment) = (None, false, false);
    line.chars()
        .map(|c| {
            let inside = comment || quote.is_some();
            let ends = quote == Some(c) && !escaped;
            match (c, quote) {
                _ if escaped => escaped = false,
                ('\\', Some('"')) => escaped = true,
                (c, Some(q)) if c == q => quote = None,
                ('"' | '`', None) if !comment => quote = Some(c),
                ('#', None) => comment = true,
                _ => {}
            }
            if (inside || comment) && !ends && c != '\n' { " ".repeat(c.len_utf8()) } else { c.to_string() }
        })
        .collect()
}

/// Starts and lengths of the words of a line, dotted ones being one.
fn words(code: &str) -> Vec<(usize, usize)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in code.bytes().chain([b' ']).enumerate() {
        match start {
            None if is_part(byte) => start = Some(at),
            Some(from) if !is_part(byte) => {
                found.push((from, at - from));
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::recursive_call;

    #[test]
    fn finds_functions_that_reach_themselves() {
        fn at(module: &str) -> Option<&str> {
            recursive_call(module).map(|at| &module[at..])
        }
        assert_eq!(at("package a\nf(x) if f(x + 1)\n"), Some("f(x + 1)\n"));
        assert_eq!(at("package a\nf(x) :=\n  f(x)\n"), Some("f(x)\n"));
        assert_eq!(at("package a\nf(x) := y if {\n  y := g(x)\n}\ng(x) := data.a.f(x)\n"), Some("data.a.f(x)\n"));
        assert_eq!(at("package a\ndefault f(_) := 1\nf(x) := y\nelse := z if {\n  f(1)\n}\n"), Some("f(1)\n}\n"));
    }

    #[test]
    fn leaves_the_rest_alone() {
        let module = "package a\n# f(x) calls f(x)\nimport data.lib\nf(x) if lib.f(x)\ndeny contains \"f(x)\" if {\n  f(1)\n  g(2)\n}\n\
                      g(x) := count(x)\ng(x) := 0 if not f(x)\n\
                      h(x) if x == \"f(x)\"\nh(x) if count(x) == 1\n";
        assert_eq!(recursive_call(module), None);
    }
}
